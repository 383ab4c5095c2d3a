package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kassa.application.port.out.AuditLog;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.KeptEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link AuditLog} has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class AuditLogContract {

  private static final Instant START = SamplePeople.START;

  /** The stores under test. */
  protected abstract IdentityStores stores();

  private AuditLog store() {
    return stores().audit();
  }

  @Test
  void keeps_events_of_every_kind_and_tells_them_newest_first() {
    List<AuditEvent> events = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      events.add(new AuditEvent(START, kind, null, null, null, null));
      events.add(
          new AuditEvent(
              START.minusSeconds(events.size()),
              kind,
              "usr_" + "0".repeat(26),
              "ses_" + "1".repeat(26),
              "2001:db8:1111:2222:3333:4444:5555:6666",
              "ä".repeat(500)));
    }
    events.forEach(store()::append);

    List<KeptEvent> kept = store().list(null, 200);

    assertThat(kept).extracting(KeptEvent::event).isEqualTo(events.reversed());
    assertThat(kept.reversed()).extracting(KeptEvent::number).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void goes_on_behind_an_event() {
    for (int i = 0; i < 5; i++) {
      store().append(event("" + i));
    }

    List<KeptEvent> first = store().list(null, 2);
    List<KeptEvent> second = store().list(first.getLast().number(), 2);
    List<KeptEvent> last = store().list(second.getLast().number(), 2);

    assertThat(List.of(first, second, last))
        .extracting(page -> page.stream().map(kept -> kept.event().detail()).toList())
        .containsExactly(List.of("4", "3"), List.of("2", "1"), List.of("0"));
    assertThat(store().list(last.getLast().number(), 2)).isEmpty();
  }

  @Test
  void loses_none_of_those_that_happen_at_once() throws Exception {
    Together.run(
        8,
        100,
        i -> {
          store().append(event("" + i));
          return i;
        });

    assertThat(store().list(null, 200))
        .extracting(kept -> kept.event().detail())
        .doesNotHaveDuplicates()
        .hasSize(100);
  }

  @Test
  void an_outage_is_never_answered_as_absence() throws Exception {
    stores().away().run();

    Together.assertUnavailable(() -> store().append(event("x")), () -> store().list(null, 1));
  }

  private static AuditEvent event(String detail) {
    return new AuditEvent(START, Kind.SIGNED_IN, "usr_1", null, null, detail);
  }
}
