package kassa.application.internal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import kassa.application.fixture.SettableClock;
import kassa.application.port.in.identity.RateLimiter.Decision;
import kassa.contract.fixture.TestUsers;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock starts at a full minute. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FixedWindowRateLimiterTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Caller SHOP = program();
  private static final Caller TILL = program();

  private final InMemoryStores stores = new InMemoryStores();
  private final SettableClock clock = new SettableClock();
  private final FixedWindowRateLimiter node1 = node(3);
  private final FixedWindowRateLimiter node2 = node(3);
  private long lastNodeId;

  @Test
  void allows_requests_up_to_the_limit_and_reports_remaining() {
    assertThat(node1.tryAcquire(SHOP)).isEqualTo(new Decision.Allowed(3, 2, MINUTE));
    clock.advance(Duration.ofMillis(19_500));
    assertThat(node1.tryAcquire(SHOP))
        .isEqualTo(new Decision.Allowed(3, 1, Duration.ofMillis(40_500)));
    assertThat(node1.tryAcquire(SHOP))
        .isEqualTo(new Decision.Allowed(3, 0, Duration.ofMillis(40_500)));

    assertThat(node1.tryAcquire(SHOP))
        .isEqualTo(new Decision.LimitExceeded(3, Duration.ofMillis(40_500)));
    assertThat(node1.tryAcquire(SHOP))
        .isEqualTo(new Decision.LimitExceeded(3, Duration.ofMillis(40_500)));
  }

  @Test
  void resets_with_each_minute() {
    clock.advance(Duration.ofSeconds(59));
    allowedOf(node1, SHOP, 5);

    clock.advance(Duration.ofNanos(999_999_999));
    assertThat(node1.tryAcquire(SHOP))
        .isEqualTo(new Decision.LimitExceeded(3, Duration.ofNanos(1)));
    clock.advance(Duration.ofNanos(1));
    assertThat(node1.tryAcquire(SHOP)).isEqualTo(new Decision.Allowed(3, 2, MINUTE));
  }

  @Test
  void counts_each_caller_separately() {
    allowedOf(node1, SHOP, 4);

    assertThat(remaining(node1, TILL)).isEqualTo(2);
  }

  @Test
  void counts_a_user_across_sessions() {
    UserId ann = TestUsers.nextUser();
    allowedOf(node1, new Caller.SignedIn(ann, Role.CUSTOMER, TestUsers.nextSession()), 2);

    Caller again = new Caller.SignedIn(ann, Role.ADMIN, TestUsers.nextSession());

    assertThat(remaining(node1, again)).isZero();
    assertThat(node1.tryAcquire(again)).isInstanceOf(Decision.LimitExceeded.class);
  }

  @Test
  void local_operator_and_anonymous_are_not_limited() {
    for (int i = 0; i < 5; i++) {
      assertThat(node1.tryAcquire(new Caller.LocalOperator())).isEqualTo(new Decision.Unlimited());
      assertThat(node1.tryAcquire(new Caller.Anonymous())).isEqualTo(new Decision.Unlimited());
    }
    node1.syncWithOtherNodes();

    assertThat(stores.rateLimits().callers()).isEmpty();
  }

  @Test
  void sync_adds_the_counts_of_other_nodes() {
    allowedOf(node1, SHOP, 2);
    assertThat(remaining(node2, SHOP)).isEqualTo(2);

    sync(node1, node2);

    assertThat(remaining(node2, SHOP)).isEqualTo(-1);
    assertThat(remaining(node1, TILL)).isEqualTo(2);
    assertThat(node1.syncWithOtherNodes()).isTrue();
    assertThat(remaining(node1, SHOP)).isEqualTo(-1);
  }

  @Test
  void synced_counts_apply_to_callers_who_arrive_later() {
    allowedOf(node1, SHOP, 3);
    remaining(node2, TILL);

    sync(node1, node2);

    assertThat(remaining(node2, SHOP)).isEqualTo(-1);
  }

  @Test
  void synced_counts_apply_to_their_minute_only() {
    allowedOf(node1, SHOP, 3);
    remaining(node2, TILL);
    sync(node1, node2);

    clock.advance(MINUTE);

    assertThat(remaining(node2, SHOP)).isEqualTo(2);
    sync(node1, node2);
    assertThat(remaining(node2, SHOP)).isEqualTo(1);
  }

  @Test
  void rejected_requests_are_not_synced() {
    allowedOf(node1, SHOP, 100);
    remaining(node2, TILL);
    sync(node1, node2);

    assertThat(stores.rateLimits().mergeCounts(new UUID(0, 0), clock.instant(), Map.of()))
        .isEqualTo(Map.of(SHOP.name(), 3L, TILL.name(), 1L));
  }

  @Test
  void synced_callers_are_named_by_their_ids() {
    Caller ann = new Caller.SignedIn(TestUsers.nextUser(), Role.CUSTOMER, TestUsers.nextSession());
    allowedOf(node1, ann, 1);
    allowedOf(node1, SHOP, 1);
    node1.syncWithOtherNodes();

    assertThat(stores.rateLimits().callers()).containsExactlyInAnyOrder(ann.name(), SHOP.name());
  }

  @Test
  void counts_locally_during_an_outage_and_syncs_afterwards() {
    allowedOf(node1, SHOP, 2);
    remaining(node2, TILL);
    stores.makeUnavailable();

    assertThat(node1.syncWithOtherNodes()).isFalse();
    assertThat(node2.syncWithOtherNodes()).isFalse();
    assertThat(remaining(node1, SHOP)).isZero();
    assertThat(remaining(node1, SHOP)).isEqualTo(-1);
    assertThat(remaining(node2, SHOP)).isEqualTo(2);

    stores.makeAvailable();
    sync(node1, node2);
    assertThat(remaining(node2, SHOP)).isEqualTo(-1);
  }

  @Test
  void rejected_caller_is_audited_once_per_interval() {
    allowedOf(node1, SHOP, 100);
    allowedOf(node1, TILL, 3);
    clock.advance(MINUTE);
    allowedOf(node1, SHOP, 100);

    assertThat(stores.auditLog().events())
        .extracting(AuditEvent::kind, AuditEvent::actor, AuditEvent::detail)
        .containsExactly(tuple(Kind.RATE_LIMITED, SHOP.name(), "more than 3 calls per minute"));
  }

  @Test
  void rejects_even_when_the_audit_log_is_unavailable() {
    stores.makeUnavailable();

    assertThat(allowedOf(node1, SHOP, 10)).isEqualTo(3);
  }

  @Test
  void sync_skips_the_store_without_requests() {
    stores.makeUnavailable();

    assertThat(node1.syncWithOtherNodes()).isTrue();
    allowedOf(node1, SHOP, 1);
    clock.advance(MINUTE);
    assertThat(node1.syncWithOtherNodes()).isTrue();
  }

  @Test
  void callers_with_few_requests_are_not_synced() {
    FixedWindowRateLimiter node = node(1_000);
    allowedOf(node, SHOP, 10);
    allowedOf(node, TILL, 11);

    node.syncWithOtherNodes();

    assertThat(stores.rateLimits().callers()).containsExactly(TILL.name());
  }

  @Test
  void limit_holds_across_nodes_except_for_unsynced_requests() {
    FixedWindowRateLimiter[] nodes = {node(1_000), node(1_000), node(1_000)};
    int callsPerSecond = 50;
    int allowed = 0;
    for (int second = 0; second < 59; second++) {
      for (FixedWindowRateLimiter node : nodes) {
        allowed += allowedOf(node, SHOP, callsPerSecond);
      }
      sync(nodes);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(allowed).isBetween(1_000, 1_000 + 2 * nodes.length * callsPerSecond);
  }

  @Test
  void small_clock_setback_restarts_no_window() {
    AtomicLong seconds = new AtomicLong(600);
    FixedWindowRateLimiter node = node(3, () -> Instant.ofEpochSecond(seconds.get()));
    allowedOf(node, SHOP, 3);

    seconds.set(599);
    assertThat(node.tryAcquire(SHOP))
        .isEqualTo(new Decision.LimitExceeded(3, Duration.ofSeconds(61)));
    seconds.set(600);
    assertThat(node.tryAcquire(SHOP)).isEqualTo(new Decision.LimitExceeded(3, MINUTE));
    seconds.set(300);
    assertThat(node.tryAcquire(SHOP)).isEqualTo(new Decision.Allowed(3, 2, MINUTE));
  }

  @Test
  void bounds_the_number_of_tracked_callers() {
    for (int i = 0; i < FixedWindowRateLimiter.MAX_CALLERS; i++) {
      allowedOf(node1, program(), 1);
    }

    assertThat(allowedOf(node1, SHOP, 10)).isEqualTo(10);
    clock.advance(MINUTE);
    assertThat(allowedOf(node1, SHOP, 10)).isEqualTo(3);
  }

  @Test
  void allows_exactly_the_limit_under_concurrency() throws Exception {
    FixedWindowRateLimiter node = node(10_000);
    AtomicInteger allowed = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int thread = 0; thread < 8; thread++) {
        var _ =
            threads.submit(() -> {
              allowed.addAndGet(allowedOf(node, SHOP, 5_000));
              node.syncWithOtherNodes();
            });
      }
    }

    assertThat(allowed).hasValue(10_000);
  }

  private FixedWindowRateLimiter node(int limit) {
    return node(limit, clock);
  }

  private FixedWindowRateLimiter node(int limit, InstantSource nodeClock) {
    AuditTrail trail = new AuditTrail(stores.auditLog(), nodeClock);
    return new FixedWindowRateLimiter(
        stores.rateLimits(), trail, nodeClock, new UUID(1, ++lastNodeId), limit);
  }

  private static Caller program() {
    return new Caller.ApiClient(TestUsers.nextKey(), Set.of(Scope.ORDERS_WRITE));
  }

  /** Synchronizes the nodes twice, so that each has the counts of all others. */
  private static void sync(FixedWindowRateLimiter... nodes) {
    for (int time = 0; time < 2; time++) {
      for (FixedWindowRateLimiter node : nodes) {
        assertThat(node.syncWithOtherNodes()).isTrue();
      }
    }
  }

  /** Makes this many calls and returns how many were allowed. */
  private static int allowedOf(FixedWindowRateLimiter node, Caller caller, int calls) {
    int allowed = 0;
    for (int i = 0; i < calls; i++) {
      allowed += node.tryAcquire(caller) instanceof Decision.Allowed ? 1 : 0;
    }
    return allowed;
  }

  /** Makes a call and returns the remaining calls; -1 if it was rejected. */
  private static long remaining(FixedWindowRateLimiter node, Caller caller) {
    return switch (node.tryAcquire(caller)) {
      case Decision.Allowed decision -> decision.remaining();
      case Decision.LimitExceeded _ -> -1;
      case Decision.Unlimited() -> throw new AssertionError("not limited");
    };
  }
}
