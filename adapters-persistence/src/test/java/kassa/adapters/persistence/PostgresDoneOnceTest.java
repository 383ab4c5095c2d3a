package kassa.adapters.persistence;

import java.nio.file.Path;
import kassa.application.UseCases;
import kassa.contract.DoneOnceContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresDoneOnceTest extends DoneOnceContract {

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
  protected UseCases.Stores stores() {
    return TestDatabases.stores(database);
  }
}
