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
import kassa.application.internal.SettableClock;
import kassa.application.port.in.CountCalls.Outcome;
import kassa.contract.InMemoryStores;
import kassa.contract.SamplePeople;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock stands at a full minute until it is moved. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CallCountingTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Caller SHOP = program();
  private static final Caller TILL = program();

  private final InMemoryStores stores = new InMemoryStores();
  private final SettableClock clock = new SettableClock();
  private final CallCounting here = node(3);
  private final CallCounting there = node(3);
  private long lastNode;

  @Test
  void lets_as_many_through_as_the_limit_says_and_tells_how_many_are_left() {
    assertThat(here.count(SHOP)).isEqualTo(new Outcome.Within(3, 2, MINUTE));
    clock.advance(Duration.ofMillis(19_500));
    assertThat(here.count(SHOP)).isEqualTo(new Outcome.Within(3, 1, Duration.ofMillis(40_500)));
    assertThat(here.count(SHOP)).isEqualTo(new Outcome.Within(3, 0, Duration.ofMillis(40_500)));

    assertThat(here.count(SHOP)).isEqualTo(new Outcome.Beyond(3, Duration.ofMillis(40_500)));
    assertThat(here.count(SHOP)).isEqualTo(new Outcome.Beyond(3, Duration.ofMillis(40_500)));
  }

  @Test
  void begins_anew_with_each_minute_of_the_clock() {
    clock.advance(Duration.ofSeconds(59));
    calls(here, SHOP, 5);

    clock.advance(Duration.ofNanos(999_999_999));
    assertThat(here.count(SHOP)).isEqualTo(new Outcome.Beyond(3, Duration.ofNanos(1)));
    clock.advance(Duration.ofNanos(1));
    assertThat(here.count(SHOP)).isEqualTo(new Outcome.Within(3, 2, MINUTE));
  }

  @Test
  void counts_each_caller_by_themselves() {
    calls(here, SHOP, 4);

    assertThat(left(here, TILL)).isEqualTo(2);
  }

  @Test
  void counts_a_person_in_all_of_their_sessions_together() {
    UserId ann = SamplePeople.nextUser();
    calls(here, new Caller.SignedIn(ann, Role.CUSTOMER, SamplePeople.nextSession()), 2);

    Caller again = new Caller.SignedIn(ann, Role.ADMIN, SamplePeople.nextSession());

    assertThat(left(here, again)).isZero();
    assertThat(here.count(again)).isInstanceOf(Outcome.Beyond.class);
  }

  @Test
  void counts_neither_the_owner_nor_nobody() {
    for (int i = 0; i < 5; i++) {
      assertThat(here.count(new Caller.Owner())).isEqualTo(new Outcome.Uncounted());
      assertThat(here.count(new Caller.Nobody())).isEqualTo(new Outcome.Uncounted());
    }
    here.exchange();

    assertThat(stores.calls().callers()).isEmpty();
  }

  @Test
  void knows_after_an_exchange_what_other_nodes_counted() {
    calls(here, SHOP, 2);
    assertThat(left(there, SHOP)).isEqualTo(2);

    exchange(here, there);

    assertThat(left(there, SHOP)).isEqualTo(-1);
    assertThat(left(here, TILL)).isEqualTo(2);
    assertThat(here.exchange()).isTrue();
    assertThat(left(here, SHOP)).isEqualTo(-1);
  }

  @Test
  void knows_of_callers_who_come_here_later() {
    calls(here, SHOP, 3);
    left(there, TILL);

    exchange(here, there);

    assertThat(left(there, SHOP)).isEqualTo(-1);
  }

  @Test
  void what_others_counted_is_of_its_minute_alone() {
    calls(here, SHOP, 3);
    left(there, TILL);
    exchange(here, there);

    clock.advance(MINUTE);

    assertThat(left(there, SHOP)).isEqualTo(2);
    exchange(here, there);
    assertThat(left(there, SHOP)).isEqualTo(1);
  }

  @Test
  void refused_calls_are_told_to_nobody() {
    calls(here, SHOP, 100);
    left(there, TILL);
    exchange(here, there);

    assertThat(stores.calls().exchange(new UUID(0, 0), clock.instant(), Map.of()))
        .isEqualTo(Map.of(SHOP.name(), 3L, TILL.name(), 1L));
  }

  @Test
  void keys_and_people_are_told_by_the_names_of_their_ids() {
    Caller ann =
        new Caller.SignedIn(SamplePeople.nextUser(), Role.CUSTOMER, SamplePeople.nextSession());
    calls(here, ann, 1);
    calls(here, SHOP, 1);
    here.exchange();

    assertThat(stores.calls().callers()).containsExactlyInAnyOrder(ann.name(), SHOP.name());
  }

  @Test
  void goes_on_by_itself_while_the_store_is_away_and_makes_up_for_it_afterwards() {
    calls(here, SHOP, 2);
    left(there, TILL);
    stores.takeAway();

    assertThat(here.exchange()).isFalse();
    assertThat(there.exchange()).isFalse();
    assertThat(left(here, SHOP)).isZero();
    assertThat(left(here, SHOP)).isEqualTo(-1);
    assertThat(left(there, SHOP)).isEqualTo(2);

    stores.bringBack();
    exchange(here, there);
    assertThat(left(there, SHOP)).isEqualTo(-1);
  }

  @Test
  void writes_down_who_was_refused_once_in_a_while() {
    calls(here, SHOP, 100);
    calls(here, TILL, 3);
    clock.advance(MINUTE);
    calls(here, SHOP, 100);

    assertThat(stores.audit().events())
        .extracting(AuditEvent::kind, AuditEvent::actor, AuditEvent::detail)
        .containsExactly(tuple(Kind.THROTTLED, SHOP.name(), "3 calls in a minute"));
  }

  @Test
  void refuses_also_while_that_cannot_be_written_down() {
    stores.takeAway();

    assertThat(calls(here, SHOP, 10)).isEqualTo(3);
  }

  @Test
  void asks_no_store_while_nobody_calls() {
    stores.takeAway();

    assertThat(here.exchange()).isTrue();
    calls(here, SHOP, 1);
    clock.advance(MINUTE);
    assertThat(here.exchange()).isTrue();
  }

  @Test
  void those_who_call_now_and_then_are_not_told_to_others() {
    CallCounting node = node(1_000);
    calls(node, SHOP, 10);
    calls(node, TILL, 11);

    node.exchange();

    assertThat(stores.calls().callers()).containsExactly(TILL.name());
  }

  @Test
  void a_limit_holds_over_nodes_but_for_what_was_not_exchanged_yet() {
    CallCounting[] nodes = {node(1_000), node(1_000), node(1_000)};
    int everyTime = 50;
    int through = 0;
    for (int second = 0; second < 59; second++) {
      for (CallCounting node : nodes) {
        through += calls(node, SHOP, everyTime);
      }
      exchange(nodes);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(through).isBetween(1_000, 1_000 + 2 * nodes.length * everyTime);
  }

  @Test
  void a_clock_that_is_set_back_a_little_begins_no_minute_anew() {
    AtomicLong seconds = new AtomicLong(600);
    CallCounting node = node(3, () -> Instant.ofEpochSecond(seconds.get()));
    calls(node, SHOP, 3);

    seconds.set(599);
    assertThat(node.count(SHOP)).isEqualTo(new Outcome.Beyond(3, Duration.ofSeconds(61)));
    seconds.set(600);
    assertThat(node.count(SHOP)).isEqualTo(new Outcome.Beyond(3, MINUTE));
    seconds.set(300);
    assertThat(node.count(SHOP)).isEqualTo(new Outcome.Within(3, 2, MINUTE));
  }

  @Test
  void remembers_no_more_callers_than_it_has_room_for() {
    for (int i = 0; i < CallCounting.MOST_CALLERS; i++) {
      calls(here, program(), 1);
    }

    assertThat(calls(here, SHOP, 10)).isEqualTo(10);
    clock.advance(MINUTE);
    assertThat(calls(here, SHOP, 10)).isEqualTo(3);
  }

  @Test
  void lets_exactly_as_many_through_when_all_come_at_once() throws Exception {
    CallCounting node = node(10_000);
    AtomicInteger through = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int thread = 0; thread < 8; thread++) {
        var _ =
            threads.submit(() -> {
              through.addAndGet(calls(node, SHOP, 5_000));
              node.exchange();
            });
      }
    }

    assertThat(through).hasValue(10_000);
  }

  private CallCounting node(int limit) {
    return node(limit, clock);
  }

  private CallCounting node(int limit, InstantSource itsClock) {
    AuditTrail trail = new AuditTrail(stores.audit(), itsClock);
    return new CallCounting(stores.calls(), trail, itsClock, new UUID(1, ++lastNode), limit);
  }

  private static Caller program() {
    return new Caller.Program(SamplePeople.nextKey(), Set.of(Scope.ORDERS_WRITE));
  }

  /** Each of them tells, and then each of them has heard all. */
  private static void exchange(CallCounting... nodes) {
    for (int time = 0; time < 2; time++) {
      for (CallCounting node : nodes) {
        assertThat(node.exchange()).isTrue();
      }
    }
  }

  /** Makes so many calls, and tells how many were let through. */
  private static int calls(CallCounting node, Caller caller, int calls) {
    int through = 0;
    for (int i = 0; i < calls; i++) {
      through += node.count(caller) instanceof Outcome.Within ? 1 : 0;
    }
    return through;
  }

  /** Makes a call, and tells how many are left; -1 if it was not let through. */
  private static long left(CallCounting node, Caller caller) {
    return switch (node.count(caller)) {
      case Outcome.Within within -> within.left();
      case Outcome.Beyond _ -> -1;
      case Outcome.Uncounted() -> throw new AssertionError("not counted");
    };
  }
}
