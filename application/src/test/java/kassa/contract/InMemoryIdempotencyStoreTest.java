package kassa.contract;

import kassa.application.idempotency.IdempotencyStore;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.memory.InMemoryStores;

class InMemoryIdempotencyStoreTest extends IdempotencyStoreContract {

  private final InMemoryStores stores = new InMemoryStores();

  @Override
  protected IdempotencyStore idempotencyStore() {
    return stores.idempotency();
  }

  @Override
  protected OrderStore orders() {
    return stores.orders();
  }

  @Override
  protected void makeStoreUnavailable() {
    stores.makeUnavailable();
  }
}
