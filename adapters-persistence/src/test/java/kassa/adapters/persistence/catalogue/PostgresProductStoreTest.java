package kassa.adapters.persistence.catalogue;

import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.catalogue.ProductStore;
import kassa.contract.ProductStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresProductStoreTest extends ProductStoreContract {

  private final String url = PostgresServer.newDatabase();
  private Database database;
  private JdbiProductStore store;

  @BeforeEach
  void open() {
    database = TestDatabases.open(url, 4);
    store = new JdbiProductStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected ProductStore store() {
    return store;
  }

  @Override
  protected void makeStoreUnavailable() {
    PostgresServer.dropDatabase(url);
  }
}
