package kassa.adapters.persistence.idempotency;

import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.IdempotencyStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresIdempotencyStoreTest extends IdempotencyStoreContract {

  private Database database;
  private final String url = PostgresServer.newDatabase();

  @BeforeEach
  void open() {

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
    PostgresServer.dropDatabase(url);
  }
}
