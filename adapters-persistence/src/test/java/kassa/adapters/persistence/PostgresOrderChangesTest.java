package kassa.adapters.persistence;

import kassa.application.port.out.OrderStore;
import kassa.contract.OrderChangesContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresOrderChangesTest extends OrderChangesContract {

  private final String url = PostgresServer.newDatabase();
  private Database database;
  private JdbiOrderStore store;

  @BeforeEach
  void open() {
    database = TestDatabases.open(url, 4);
    TestDatabases.migrate(database, url);
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
