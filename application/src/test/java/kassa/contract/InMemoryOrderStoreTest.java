package kassa.contract;

import kassa.application.port.out.OrderStore;
import kassa.application.port.out.StoreProbe;
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
    protected void takeStoreAway() {
      store.takeAway();
    }
  }

  @Nested
  class AsStoreProbe extends StoreProbeContract {

    @Override
    protected StoreProbe probe() {
      return store;
    }

    @Override
    protected void takeStoreAway() {
      store.takeAway();
    }
  }
}
