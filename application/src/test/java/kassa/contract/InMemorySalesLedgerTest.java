package kassa.contract;

import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.report.SalesLedger;
import kassa.contract.memory.InMemoryStores;

class InMemorySalesLedgerTest extends SalesLedgerContract {

  private final InMemoryStores stores = new InMemoryStores();

  @Override
  protected SalesLedger ledger() {
    return stores.sales();
  }

  @Override
  protected OrderStore orders() {
    return stores.orders();
  }

  @Override
  protected void restartStore() {}

  @Override
  protected void makeStoreUnavailable() {
    stores.makeUnavailable();
  }
}
