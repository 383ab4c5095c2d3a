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

class PostgresIdempotentExecutionTest extends IdempotentWriteContract {

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabases.openNew(Dialect.POSTGRESQL, folder);
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
