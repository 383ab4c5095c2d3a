package kassa.contract;

import kassa.application.UseCases;

class InMemoryDoneOnceTest extends DoneOnceContract {

  private final UseCases.Stores stores = new InMemoryStores().all();

  @Override
  protected UseCases.Stores stores() {
    return stores;
  }
}
