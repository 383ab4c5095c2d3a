package kassa.adapters.persistence.idempotency;

import java.nio.file.Path;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.IdempotencyStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2IdempotencyStoreTest extends IdempotencyStoreContract {

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    String url = TestDatabases.newUrl(Dialect.H2, folder);
    database = TestDatabases.open(url, 4);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected IdempotencyStore idempotencyStore() {
    return new JdbiIdempotencyStore(database);
  }

  @Override
  protected OrderStore orders() {
    return new JdbiOrderStore(database);
  }

  @Override
  protected void makeStoreUnavailable() {
    database.close();
  }
}
