package kassa.application.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.application.fixture.SettableClock;
import kassa.contract.memory.InMemoryAuditLog;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.identity.AuditEvent.Kind;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

  private final InMemoryStores stores = new InMemoryStores();
  private final InMemoryAuditLog log = stores.auditLog();
  private final SettableClock clock = new SettableClock();
  private final AuditTrail trail = new AuditTrail(log, clock);

  @Test
  void repeated_event_is_written_once_per_interval() {
    deny("ann");
    deny("ann");
    deny("bob");
    assertThat(log.events()).hasSize(2);

    clock.advance(AuditTrail.REPEAT_INTERVAL);
    deny("ann");

    assertThat(log.events()).hasSize(3);
  }

  @Test
  void repeatable_events_are_bounded_per_interval() {
    for (int i = 0; i < 10 * AuditTrail.MAX_REPEATABLE_EVENTS; i++) {
      deny("user-" + i);
    }

    assertThat(log.events()).hasSize(AuditTrail.MAX_REPEATABLE_EVENTS);
  }

  @Test
  void store_outage_does_not_fail_a_denied_request() {
    stores.makeUnavailable();
    deny("ann");
    stores.makeAvailable();

    assertThat(log.events()).isEmpty();
  }

  private void deny(String actor) {
    trail.writeDebounced(Kind.ACCESS_DENIED, actor, null, null, "MANAGE_ORDERS");
  }
}
