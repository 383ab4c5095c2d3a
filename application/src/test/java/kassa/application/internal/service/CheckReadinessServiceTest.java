package kassa.application.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.application.port.in.service.CheckReadiness;
import kassa.contract.memory.InMemoryOrderStore;
import org.junit.jupiter.api.Test;

class CheckReadinessServiceTest {

  private final InMemoryOrderStore store = new InMemoryOrderStore();
  private final CheckReadinessService readiness = new CheckReadinessService(store);

  @Test
  void ready_while_the_store_is_available() {
    assertThat(readiness.check()).isEqualTo(CheckReadiness.Readiness.READY);
  }

  @Test
  void not_ready_during_a_store_outage_and_ready_afterwards() {
    store.makeUnavailable();
    assertThat(readiness.check()).isEqualTo(CheckReadiness.Readiness.UNAVAILABLE);

    store.makeAvailable();
    assertThat(readiness.check()).isEqualTo(CheckReadiness.Readiness.READY);
  }
}
