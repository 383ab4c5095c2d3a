package kassa.adapters.persistence.report;

import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
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
  protected void restartStore() {
    database.close();
    open();
  }

  @Override
  protected void makeStoreUnavailable() {
    PostgresServer.dropDatabase(url);
  }
}
