package kassa.contract;

import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.service.StoreProbe;
import kassa.contract.memory.InMemoryOrderStore;
import org.junit.jupiter.api.Nested;

class InMemoryOrderStoreTest {

  private final InMemoryOrderStore store = new InMemoryOrderStore();

  @Nested
  class AsOrderStore extends OrderStoreContract {

    @Override
    protected OrderStore store() {
      return store;
    }

    @Override
    protected void makeStoreUnavailable() {
      store.makeUnavailable();
    }
  }

  @Nested
  class AsStoreProbe extends StoreProbeContract {

    @Override
    protected StoreProbe probe() {
      return store;
    }

    @Override
    protected void makeStoreUnavailable() {
      store.makeUnavailable();
    }
  }
}
