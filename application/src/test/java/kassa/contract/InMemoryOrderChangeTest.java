package kassa.contract;

import kassa.application.port.out.order.OrderStore;
import kassa.contract.memory.InMemoryOrderStore;

class InMemoryOrderChangeTest extends OrderChangeContract {

  private final OrderStore store = new InMemoryOrderStore();

  @Override
  protected OrderStore store() {
    return store;
  }
}
