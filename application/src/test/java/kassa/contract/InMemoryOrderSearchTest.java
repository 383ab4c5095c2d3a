package kassa.contract;

import kassa.application.port.out.order.OrderStore;
import kassa.contract.memory.InMemoryOrderStore;

class InMemoryOrderSearchTest extends OrderSearchContract {

  private final InMemoryOrderStore store = new InMemoryOrderStore();

  @Override
  protected OrderStore store() {
    return store;
  }

  @Override
  protected void makeStoreUnavailable() {
    store.makeUnavailable();
  }

  @Override
  protected int ordersInsertedConcurrently() {
    return 1_000;
  }
}
