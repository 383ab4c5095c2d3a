package kassa.contract;

import kassa.application.port.out.Stores;
import kassa.contract.memory.InMemoryStores;

class InMemoryIdempotentWriteTest extends IdempotentWriteContract {

  private final Stores stores = new InMemoryStores().all();

  @Override
  protected Stores stores() {
    return stores;
  }
}
