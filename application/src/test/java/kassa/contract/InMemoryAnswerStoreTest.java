package kassa.contract;

import kassa.application.port.out.AnswerStore;
import kassa.application.port.out.OrderStore;

class InMemoryAnswerStoreTest extends AnswerStoreContract {

  private final InMemoryStores stores = new InMemoryStores();

  @Override
  protected AnswerStore answers() {
    return stores.answers();
  }

  @Override
  protected OrderStore orders() {
    return stores.orders();
  }

  @Override
  protected void takeStoreAway() {
    stores.takeAway();
  }
}
