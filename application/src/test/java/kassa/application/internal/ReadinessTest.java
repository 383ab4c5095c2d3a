package kassa.application.internal;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.contract.InMemoryOrderStore;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private final InMemoryOrderStore store = new InMemoryOrderStore();
  private final Readiness readiness = new Readiness(store);

  @Test
  void is_ready_while_the_store_is_there() {
    assertThat(readiness.isReady()).isTrue();
  }

  @Test
  void is_not_ready_while_the_store_is_gone_and_ready_again_afterwards() {
    store.takeAway();
    assertThat(readiness.isReady()).isFalse();

    store.bringBack();
    assertThat(readiness.isReady()).isTrue();
  }
}
