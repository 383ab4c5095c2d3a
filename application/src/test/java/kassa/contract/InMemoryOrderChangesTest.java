package kassa.contract;

import kassa.application.port.out.OrderStore;

class InMemoryOrderChangesTest extends OrderChangesContract {

  private final OrderStore store = new InMemoryOrderStore();

  @Override
  protected OrderStore store() {
    return store;
  }
}
