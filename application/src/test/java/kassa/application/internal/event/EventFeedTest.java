package kassa.application.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kassa.application.port.in.event.ReadEvents.Follower;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.event.Event;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import kassa.domain.event.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventFeedTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final InMemoryStores stores = new InMemoryStores();
  private final EventFeed feed = new EventFeed(stores.events());

  @Test
  void followers_get_each_event_once_and_in_order_wherever_they_start() throws Exception {
    place(5);
    List<Future<List<EventPosition>>> followed = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int i = 0; i < 3; i++) {
        followed.add(threads.submit(follow(EventPosition.START, 3_005)));
      }
      // More than the feed keeps in memory, because an order weighs two.
      place(3_000);
      for (Future<List<EventPosition>> positions : followed) {
        assertThat(positions.get()).hasSize(3_005).isSorted().doesNotHaveDuplicates();
      }
    }
  }

  private Callable<List<EventPosition>> follow(EventPosition start, int count) {
    return () -> {
      List<EventPosition> positions = new ArrayList<>();
      EventPosition position = start;
      try (Follower follower = feed.follow()) {
        while (positions.size() < count) {
          EventPage page = follower.next(position, EventFilter.ALL, 10, LONG);
          page.events().forEach(event -> positions.add(event.position()));
          position = page.next();
        }
      }
      return positions;
    };
  }

  @Test
  void filter_and_limit_apply_to_events_in_memory() throws Exception {
    EventFilter none = new EventFilter(EnumSet.of(EventType.RULE_PAUSED), null);
    try (Follower follower = feed.follow()) {
      EventPosition start = stores.events().latest();
      assertThat(follower.next(start, EventFilter.ALL, 10, Duration.ZERO).events()).isEmpty();
      place(3);
      List<Event> events = new ArrayList<>();
      EventPosition position = start;
      while (events.size() < 3) {
        EventPage page = follower.next(position, EventFilter.ALL, 2, LONG);
        assertThat(page.events()).hasSizeLessThanOrEqualTo(2);
        events.addAll(page.events());
        position = page.next();
      }
      assertThat(position).isEqualTo(stores.events().latest());
      EventPage page = follower.next(start, none, 10, LONG);
      assertThat(page.events()).isEmpty();
      assertThat(page.next()).isEqualTo(position);
    }
  }

  @Test
  void timeout_returns_an_empty_page() throws Exception {
    try (Follower follower = feed.follow()) {
      EventPosition latest = stores.events().latest();

      EventPage page = follower.next(latest, EventFilter.ALL, 1, Duration.ofMillis(1));

      assertThat(page.events()).isEmpty();
      assertThat(page.next()).isEqualTo(latest);
    }
  }

  @Test
  void reports_an_outage_and_goes_on_after_it() throws Exception {
    place(1);
    try (Follower follower = feed.follow()) {
      stores.makeUnavailable();
      assertThatThrownBy(
              () -> {
                while (true) {
                  follower.next(EventPosition.START, EventFilter.ALL, 1, Duration.ofMillis(1));
                }
              })
          .isInstanceOf(StoreUnavailableException.class);
      stores.makeAvailable();
      EventPosition position = follower.next(EventPosition.START, EventFilter.ALL, 1, LONG).next();
      place(1);
      EventPage page = follower.next(position, EventFilter.ALL, 1, LONG);
      while (page.events().isEmpty()) {
        page = follower.next(position, EventFilter.ALL, 1, LONG);
      }
      assertThat(page.events()).hasSize(1);
    }
  }

  private void place(int count) {
    for (int i = 0; i < count; i++) {
      stores
          .orders()
          .insert(new OrderInsert(SampleOrders.placedAfterSeconds(i), null, null, "key_1"));
    }
  }
}
