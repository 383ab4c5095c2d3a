package kassa.adapters.persistence.order;

import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.OrderChangeContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresOrderChangesTest extends OrderChangeContract {

  private final String url = PostgresServer.newDatabase();
  private Database database;
  private JdbiOrderStore store;

  @BeforeEach
  void open() {
    database = TestDatabases.open(url, 4);
    store = new JdbiOrderStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected OrderStore store() {
    return store;
  }
}
