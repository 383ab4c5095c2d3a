package kassa.adapters.persistence;

import java.time.Duration;
import kassa.application.port.out.OrderStore;
import kassa.contract.OrderStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresOrderStoreTest extends OrderStoreContract {

  private final String url = PostgresServer.newDatabase();
  private Database database;
  private JdbiOrderStore store;

  @BeforeEach
  void open() {
    database =
        Database.open(
            Dialect.POSTGRESQL,
            new PoolSettings(
                url,
                4,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10)));
    Migrations.run(database, url);
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

  @Override
  protected void takeStoreAway() {
    PostgresServer.takeAway(url);
  }
}
