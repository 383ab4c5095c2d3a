package kassa.contract;

import kassa.application.UseCases;
import kassa.contract.memory.InMemoryStores;

class InMemoryIdempotentWriteTest extends IdempotentWriteContract {

  private final UseCases.Stores stores = new InMemoryStores().all();

  @Override
  protected UseCases.Stores stores() {
    return stores;
  }
}
