package kassa.application.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.application.internal.SettableClock;
import kassa.contract.InMemoryAuditLog;
import kassa.contract.InMemoryStores;
import kassa.domain.identity.AuditEvent.Kind;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

  private final InMemoryStores stores = new InMemoryStores();
  private final InMemoryAuditLog log = stores.audit();
  private final SettableClock clock = new SettableClock();
  private final AuditTrail trail = new AuditTrail(log, clock);

  @Test
  void writes_what_comes_again_and_again_once_in_a_while() {
    deny("ann");
    deny("ann");
    deny("bob");
    assertThat(log.events()).hasSize(2);

    clock.advance(AuditTrail.SELDOM);
    deny("ann");

    assertThat(log.events()).hasSize(3);
  }

  @Test
  void writes_no_more_than_so_many_in_a_while_however_many_ask() {
    for (int i = 0; i < 10 * AuditTrail.MOST_SELDOM; i++) {
      deny("user-" + i);
    }

    assertThat(log.events()).hasSize(AuditTrail.MOST_SELDOM);
  }

  @Test
  void an_outage_breaks_nothing_that_was_refused_anyway() {
    stores.takeAway();
    deny("ann");
    stores.bringBack();

    assertThat(log.events()).isEmpty();
  }

  private void deny(String actor) {
    trail.writeSeldom(Kind.ACCESS_DENIED, actor, null, null, "MOVE_ORDERS");
  }
}
