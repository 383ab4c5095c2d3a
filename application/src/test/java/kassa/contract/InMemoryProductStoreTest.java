package kassa.contract;

import kassa.application.port.out.ProductStore;

class InMemoryProductStoreTest extends ProductStoreContract {

  private final InMemoryProductStore store = new InMemoryProductStore();

  @Override
  protected ProductStore store() {
    return store;
  }

  @Override
  protected void takeStoreAway() {
    store.takeAway();
  }
}
