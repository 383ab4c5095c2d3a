package kassa.contract;

import kassa.application.port.out.OrderStore;
import kassa.application.port.out.SalesLedger;

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
  protected void takeStoreAway() {
    stores.takeAway();
  }
}
