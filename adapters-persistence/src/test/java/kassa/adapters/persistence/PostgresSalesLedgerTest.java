package kassa.adapters.persistence;

import kassa.application.port.out.OrderStore;
import kassa.application.port.out.SalesLedger;
import kassa.contract.SalesLedgerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresSalesLedgerTest extends SalesLedgerContract {

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
  protected SalesLedger ledger() {
    return new JdbiSalesLedger(database);
  }

  @Override
  protected OrderStore orders() {
    return store;
  }

  @Override
  protected void takeStoreAway() {
    PostgresServer.takeAway(url);
  }
}
