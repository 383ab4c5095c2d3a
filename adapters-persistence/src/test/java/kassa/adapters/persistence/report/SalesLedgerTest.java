package kassa.adapters.persistence.report;

import kassa.adapters.persistence.fixture.TestDatabase;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
import kassa.contract.SalesLedgerContract;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SalesLedgerTest extends SalesLedgerContract {

  @AutoClose private final TestDatabase database;

  SalesLedgerTest(Dialect dialect) {
    database = new TestDatabase(dialect);
  }

  @Override
  protected SalesLedger ledger() {
    return database.stores().sales();
  }

  @Override
  protected OrderStore orders() {
    return database.stores().orders();
  }

  @Override
  protected void restartStore() {
    database.reopen();
  }

  @Override
  protected void makeStoreUnavailable() {
    database.makeUnavailable();
  }
}
