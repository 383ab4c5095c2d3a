package kassa.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.Stores;
import kassa.application.port.out.event.EventLog;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.event.Event;
import kassa.domain.event.EventData.OrderData;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventSubject;
import kassa.domain.event.EventType;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderTransition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Contract of {@link EventLog} with the events of orders. Every implementation has to pass these
 * tests, starting with empty stores.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class EventLogContract {

  private static final Instant LATER = SampleOrders.START.plusSeconds(3600);

  /** Stores under test; empty at the start of a test. */
  protected abstract Stores stores();

  /** Makes the stores unavailable. */
  protected abstract void makeStoreUnavailable();

  @Test
  void placed_order_has_an_event_with_the_order_as_it_was_placed() {
    Order order = place("key_1", SampleOrders.withAllFields());
    Order paid =
        SampleOrderChanges.transitioned(stores().orders(), order, LATER, OrderTransition.PAY);

    Event placed = await(EventPosition.START, EventFilter.ALL, 2).getFirst();
    assertThat(placed.type()).isEqualTo(EventType.ORDER_PLACED);
    assertThat(placed.subject()).isEqualTo(new EventSubject.OfOrder(order.id()));
    assertThat(placed.sequence()).isEqualTo(1);
    assertThat(placed.actor()).isEqualTo("key_1");
    assertThat(placed.occurredAt()).isEqualTo(order.updatedAt());
    assertThat(placed.data()).isEqualTo(new OrderData(order));
    assertThat(stores().orders().find(order.id())).contains(paid);
  }

  @Test
  void each_change_has_an_event_with_the_order_after_it() {
    Order placed = place("key_1", SampleOrders.withAllFields());
    Order paid =
        SampleOrderChanges.transitioned(stores().orders(), placed, LATER, OrderTransition.PAY);
    Order refunded = SampleOrderChanges.refunded(stores().orders(), paid, LATER.plusSeconds(1), 1);
    Order again = SampleOrderChanges.refunded(stores().orders(), refunded, LATER.plusSeconds(2), 1);
    Order cancelled =
        SampleOrderChanges.transitioned(
            stores().orders(), again, LATER.plusSeconds(3), OrderTransition.CANCEL);

    List<Event> events = await(EventPosition.START, EventFilter.ALL, 5);
    assertThat(events)
        .extracting(Event::type)
        .containsExactly(
            EventType.ORDER_PLACED,
            EventType.ORDER_PAID,
            EventType.ORDER_REFUNDED,
            EventType.ORDER_REFUNDED,
            EventType.ORDER_CANCELLED);
    assertThat(events)
        .extracting(Event::data)
        .containsExactly(
            new OrderData(placed),
            new OrderData(paid),
            new OrderData(refunded),
            new OrderData(again),
            new OrderData(cancelled));
    assertThat(events).extracting(Event::sequence).containsExactly(1, 2, 3, 4, 5);
    assertThat(events).extracting(Event::id).doesNotHaveDuplicates();
    assertThat(events).extracting(Event::position).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void refused_change_and_historical_order_have_no_event() {
    Order order = place("key_1", SampleOrders.rich());
    SampleOrders.insert(stores().orders(), SampleOrders.rich());
    SampleOrderChanges.transitioned(stores().orders(), order, LATER, OrderTransition.PAY);
    assertThat(
            stores()
                .orders()
                .change(
                    order.transition(OrderTransition.CANCEL, null, LATER, null).orElseThrow(),
                    null))
        .isFalse();
    place("key_1", SampleOrders.rich());

    assertThat(await(EventPosition.START, EventFilter.ALL, 3))
        .extracting(Event::type)
        .containsExactly(EventType.ORDER_PLACED, EventType.ORDER_PAID, EventType.ORDER_PLACED);
  }

  @Test
  void pages_continue_where_the_last_one_ended() {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      orders.add(place("key_1", SampleOrders.placedAfterSeconds(i)));
    }
    List<Event> all = await(EventPosition.START, EventFilter.ALL, 7);

    List<Event> paged = new ArrayList<>();
    EventPage page = log().read(EventPosition.START, EventFilter.ALL, 3);
    while (page.hasMore()) {
      assertThat(page.events()).hasSize(3);
      paged.addAll(page.events());
      page = log().read(page.next(), EventFilter.ALL, 3);
    }
    paged.addAll(page.events());

    assertThat(paged).isEqualTo(all);
    assertThat(paged)
        .extracting(Event::subject)
        .isEqualTo(orders.stream().map(order -> new EventSubject.OfOrder(order.id())).toList());
    assertThat(log().read(page.next(), EventFilter.ALL, 3).events()).isEmpty();
    assertThat(log().read(page.next(), EventFilter.ALL, 3).next()).isEqualTo(page.next());
    assertThat(log().latest()).isEqualTo(page.next());
  }

  @Test
  void filter_selects_types_and_one_subject() {
    Order first = place("key_1", SampleOrders.rich());
    Order second = place("key_1", SampleOrders.rich());
    SampleOrderChanges.transitioned(stores().orders(), first, LATER, OrderTransition.PAY);
    SampleOrderChanges.transitioned(stores().orders(), second, LATER, OrderTransition.PAY);
    await(EventPosition.START, EventFilter.ALL, 4);

    EventFilter paid = new EventFilter(EnumSet.of(EventType.ORDER_PAID), null);
    assertThat(log().read(EventPosition.START, paid, 10).events())
        .extracting(Event::subject)
        .containsExactly(
            new EventSubject.OfOrder(first.id()), new EventSubject.OfOrder(second.id()));
    EventFilter ofSecond = new EventFilter(EventFilter.ALL.types(), second.id().toString());
    assertThat(log().read(EventPosition.START, ofSecond, 10).events())
        .extracting(Event::type)
        .containsExactly(EventType.ORDER_PLACED, EventType.ORDER_PAID);
    EventPage one = log().read(EventPosition.START, paid, 1);
    assertThat(one.hasMore()).isTrue();
    assertThat(log().read(one.next(), paid, 1).events()).hasSize(1);
    EventPage none =
        log().read(EventPosition.START, new EventFilter(Set.of(EventType.RULE_PAUSED), null), 10);
    assertThat(none.events()).isEmpty();
    assertThat(none.next()).isEqualTo(log().latest());
    assertThatThrownBy(() -> log().read(EventPosition.START, EventFilter.ALL, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log().read(EventPosition.START, EventFilter.ALL, 201))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void purge_deletes_only_old_events_and_their_positions_become_unknown() {
    place("key_1", SampleOrders.placedAfterSeconds(0));
    place("key_1", SampleOrders.placedAfterSeconds(1));
    place("key_1", SampleOrders.placedAfterSeconds(100));
    List<Event> events = await(EventPosition.START, EventFilter.ALL, 3);
    assertThat(log().isKnown(EventPosition.START)).isTrue();

    int deleted = 0;
    for (int portion = -1; portion != 0; deleted += portion) {
      portion = log().purge(SampleOrders.START.plusSeconds(50));
    }

    assertThat(deleted).isEqualTo(2);
    assertThat(log().read(EventPosition.START, EventFilter.ALL, 10).events())
        .containsExactly(events.get(2));
    assertThat(log().isKnown(EventPosition.START)).as("start").isFalse();
    assertThat(log().isKnown(events.get(0).position())).as("deleted").isFalse();
    assertThat(log().isKnown(events.get(1).position())).as("newest deleted").isTrue();
    assertThat(log().isKnown(events.get(2).position())).as("stored").isTrue();

    while (log().purge(SampleOrders.START.plusSeconds(200)) > 0) {
      // The next portion.
    }
    assertThat(log().latest()).isEqualTo(events.get(2).position());
    assertThat(log().isKnown(log().latest())).isTrue();
  }

  @Test
  void position_of_an_event_that_was_lost_is_unknown() {
    place("key_1", SampleOrders.rich());
    EventPosition position = await(EventPosition.START, EventFilter.ALL, 1).getFirst().position();

    assertThat(log().isKnown(position)).isTrue();
    assertThat(
            log()
                .isKnown(
                    new EventPosition(
                        position.transaction(), position.number(), position.check() + 1)))
        .as("another event")
        .isFalse();
    assertThat(
            log()
                .isKnown(
                    new EventPosition(
                        position.transaction(), position.number() + 1, position.check())))
        .as("in the future")
        .isFalse();
  }

  @Test
  void listener_runs_after_a_commit_until_it_is_removed() throws Exception {
    Semaphore commits = new Semaphore(0);
    log().onLocalCommit(commits::release);
    place("key_1", SampleOrders.rich());
    assertThat(commits.tryAcquire(1, TimeUnit.MINUTES)).isTrue();

    log().onLocalCommit(null);
    commits.drainPermits();
    place("key_1", SampleOrders.rich());
    assertThat(commits.availablePermits()).isZero();
  }

  @Test
  void reports_an_outage() {
    makeStoreUnavailable();

    assertThatThrownBy(() -> log().read(EventPosition.START, EventFilter.ALL, 1))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> log().latest()).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> log().isKnown(EventPosition.START))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> log().purge(LATER)).isInstanceOf(StoreUnavailableException.class);
  }

  private EventLog log() {
    return stores().events();
  }

  /** Places an order as a caller. */
  protected Order place(@Nullable String actor, NewOrder order) {
    return switch (stores().orders().insert(new OrderInsert(order, null, null, actor))) {
      case kassa.application.port.out.order.OrderStore.InsertResult.Inserted(Order stored) ->
          stored;
      case kassa.application.port.out.order.OrderStore.InsertResult.LimitExceeded exceeded ->
          throw new IllegalStateException("not placed: " + exceeded);
    };
  }

  /**
   * Reads events until there are as many. Transactions of other databases of the same server may
   * delay them.
   */
  protected List<Event> await(EventPosition after, EventFilter filter, int count) {
    List<Event> events = log().read(after, filter, EventLog.MAX_PAGE_SIZE).events();
    while (events.size() < count) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      events = log().read(after, filter, EventLog.MAX_PAGE_SIZE).events();
    }
    assertThat(events).hasSize(count);
    return events;
  }
}
