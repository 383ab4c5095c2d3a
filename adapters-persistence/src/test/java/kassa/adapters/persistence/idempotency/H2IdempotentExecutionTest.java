package kassa.adapters.persistence.idempotency;

import java.nio.file.Path;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.Stores;
import kassa.contract.IdempotentWriteContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2IdempotentExecutionTest extends IdempotentWriteContract {

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabases.openNew(Dialect.H2, folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected Stores stores() {
    return TestDatabases.stores(database);
  }
}
