package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kassa.application.port.out.identity.AuditLog;
import kassa.contract.fixture.ConcurrentRuns;
import kassa.contract.fixture.IdentityStoresFixture;
import kassa.contract.fixture.TestUsers;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.StoredAuditEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of {@link AuditLog}: tests that every implementation has to pass. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class AuditLogContract {

  private static final Instant START = TestUsers.START;

  /** The stores under test. */
  protected abstract IdentityStoresFixture stores();

  private AuditLog store() {
    return stores().auditLog();
  }

  @Test
  void stores_events_of_every_kind_and_lists_newest_first() {
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

    List<StoredAuditEvent> stored = store().list(null, 200);

    assertThat(stored).extracting(StoredAuditEvent::event).isEqualTo(events.reversed());
    assertThat(stored.reversed())
        .extracting(StoredAuditEvent::number)
        .doesNotHaveDuplicates()
        .isSorted();
  }

  @Test
  void lists_the_page_before_an_event() {
    for (int i = 0; i < 5; i++) {
      store().append(event("" + i));
    }

    List<StoredAuditEvent> first = store().list(null, 2);
    List<StoredAuditEvent> second = store().list(first.getLast().number(), 2);
    List<StoredAuditEvent> last = store().list(second.getLast().number(), 2);

    assertThat(List.of(first, second, last))
        .extracting(page -> page.stream().map(each -> each.event().detail()).toList())
        .containsExactly(List.of("4", "3"), List.of("2", "1"), List.of("0"));
    assertThat(store().list(last.getLast().number(), 2)).isEmpty();
  }

  @Test
  void stores_all_concurrent_events() throws Exception {
    ConcurrentRuns.run(
        8,
        100,
        i -> {
          store().append(event("" + i));
          return i;
        });

    assertThat(store().list(null, 200))
        .extracting(stored -> stored.event().detail())
        .doesNotHaveDuplicates()
        .hasSize(100);
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() throws Exception {
    stores().makeUnavailable().run();

    ConcurrentRuns.assertUnavailable(() -> store().append(event("x")), () -> store().list(null, 1));
  }

  private static AuditEvent event(String detail) {
    return new AuditEvent(START, Kind.SIGNED_IN, "usr_1", null, null, detail);
  }
}
