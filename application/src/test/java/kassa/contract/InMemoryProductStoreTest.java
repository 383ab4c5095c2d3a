package kassa.contract;

import kassa.application.port.out.catalogue.ProductStore;
import kassa.contract.memory.InMemoryProductStore;

class InMemoryProductStoreTest extends ProductStoreContract {

  private final InMemoryProductStore store = new InMemoryProductStore();

  @Override
  protected ProductStore store() {
    return store;
  }

  @Override
  protected void makeStoreUnavailable() {
    store.makeUnavailable();
  }
}
