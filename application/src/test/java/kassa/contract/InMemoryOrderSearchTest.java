package kassa.contract;

import kassa.application.port.out.OrderStore;

class InMemoryOrderSearchTest extends OrderSearchContract {

  private final InMemoryOrderStore store = new InMemoryOrderStore();

  @Override
  protected OrderStore store() {
    return store;
  }

  @Override
  protected void takeStoreAway() {
    store.takeAway();
  }

  @Override
  protected int ordersOfRace() {
    return 1_000;
  }
}
