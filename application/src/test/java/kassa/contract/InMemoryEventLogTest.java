package kassa.contract;

import kassa.application.port.out.Stores;
import kassa.contract.fixture.SeedRule;
import kassa.contract.memory.InMemoryStores;

class InMemoryEventLogTest extends EventLogContract {

  private final InMemoryStores memory = new InMemoryStores();
  private final Stores all = memory.all();

  InMemoryEventLogTest() {
    SeedRule.createIn(memory.rules());
  }

  @Override
  protected Stores stores() {
    return all;
  }

  @Override
  protected void makeStoreUnavailable() {
    memory.makeUnavailable();
  }
}
