package kassa.application.internal.event;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kassa.application.port.in.event.ReadEvents.Follower;
import kassa.application.port.out.event.EventLog;
import kassa.domain.event.Event;
import kassa.domain.event.EventData;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import org.jspecify.annotations.Nullable;

/**
 * Feed of new events for any number of followers: one thread reads each new event once, and only
 * while there is a follower. It is woken by transactions of this process and looks for those of
 * other processes periodically. The newest events are kept in memory, bounded; a follower that is
 * further behind reads the log itself. Thread-safe. See docs/decisions/0173.
 */
public final class EventFeed {

  /** How often to look for events of other processes. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(150);

  /** Many transactions within this time are one read. */
  private static final Duration MIN_INTERVAL = Duration.ofMillis(20);

  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

  /** Weight of the events in memory: one for each event and for each row of its order. */
  private static final int MAX_WEIGHT = 5_000;

  private final EventLog log;
  private int followers;
  private @Nullable Poller poller;

  /** The newest events: those after {@link #start} up to {@link #end}. */
  private final Deque<Event> newest = new ArrayDeque<>();

  private int weight;

  /** {@code null} while no events are in memory. */
  private @Nullable EventPosition start;

  private EventPosition end = EventPosition.START;

  /** Is counted down when the events in memory change, and replaced. */
  private CountDownLatch change = new CountDownLatch(1);

  public EventFeed(EventLog log) {
    this.log = log;
  }

  /** Starts to follow the events. */
  public synchronized Follower follow() {
    followers++;
    if (poller == null) {
      Poller started = new Poller();
      poller = started;
      log.onLocalCommit(started::wake);
      Thread.ofPlatform().daemon().name("kassa-event-feed").start(started);
    }
    return new OpenFollower();
  }

  private synchronized void leave() {
    followers--;
    if (followers == 0 && poller != null) {
      log.onLocalCommit(null);
      poller.stop();
      poller = null;
      forget();
    }
  }

  private synchronized void forget(Poller by) {
    if (poller == by) {
      forget();
    }
  }

  private void forget() {
    newest.clear();
    weight = 0;
    start = null;
    announceChange();
  }

  private void announceChange() {
    change.countDown();
    change = new CountDownLatch(1);
  }

  private synchronized void publish(Poller by, boolean isFirst, EventPage page) {
    if (poller != by) {
      return;
    }
    if (isFirst) {
      forget();
      start = page.next();
    }
    for (Event event : page.events()) {
      newest.addLast(event);
      weight += weight(event);
    }
    while (weight > MAX_WEIGHT) {
      Event oldest = newest.removeFirst();
      weight -= weight(oldest);
      start = oldest.position();
    }
    end = page.next();
    if (isFirst || !page.events().isEmpty()) {
      announceChange();
    }
  }

  private static int weight(Event event) {
    return event.data() instanceof EventData.OrderData(var order)
        ? 1 + order.price().rowCount()
        : 1;
  }

  private synchronized CountDownLatch nextChange() {
    return change;
  }

  /** Returns the events in memory after a position; {@code null} if the log must be read. */
  private synchronized @Nullable EventPage fromMemory(
      EventPosition after, EventFilter filter, int limit) {
    if (start == null || after.compareTo(start) < 0) {
      return null;
    }
    if (after.compareTo(end) >= 0) {
      return new EventPage(List.of(), after, false);
    }
    List<Event> found = new ArrayList<>();
    for (Event event : newest) {
      if (event.position().compareTo(after) > 0 && filter.matches(event)) {
        found.add(event);
        if (found.size() == limit) {
          return new EventPage(found, event.position(), true);
        }
      }
    }
    return new EventPage(found, end, false);
  }

  /** Reads the new events. */
  private final class Poller implements Runnable {

    private final Semaphore commits = new Semaphore(0);
    private final CountDownLatch stopped = new CountDownLatch(1);

    void wake() {
      if (commits.availablePermits() == 0) {
        commits.release();
      }
    }

    void stop() {
      stopped.countDown();
      wake();
    }

    @Override
    public void run() {
      try {
        EventPosition position = null;
        while (stopped.getCount() > 0) {
          position = readFrom(position);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      } finally {
        // Without this thread, the followers read the log.
        forget(this);
      }
    }

    /**
     * Reads a page, and waits if it is the last one.
     *
     * @param position {@code null} for the newest event
     * @return the position after the page
     */
    private @Nullable EventPosition readFrom(@Nullable EventPosition position)
        throws InterruptedException {
      commits.drainPermits();
      try {
        EventPage page =
            position == null
                ? new EventPage(List.of(), log.latest(), false)
                : log.read(position, EventFilter.ALL, EventLog.MAX_PAGE_SIZE);
        publish(this, position == null, page);
        if (!page.hasMore() && !await(stopped, MIN_INTERVAL)) {
          var _ = commits.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
        return page.next();
      } catch (RuntimeException unavailable) {
        // The followers read the log themselves, and report the failure.
        forget(this);
        var _ = await(stopped, RETRY_INTERVAL);
        return null;
      }
    }
  }

  private static boolean await(CountDownLatch latch, Duration timeout) throws InterruptedException {
    return latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A follower; its position is its own. */
  private final class OpenFollower implements Follower {

    private boolean closed;

    @Override
    public EventPage next(EventPosition after, EventFilter filter, int limit, Duration timeout)
        throws InterruptedException {
      CountDownLatch next = nextChange();
      EventPage page = read(after, filter, limit);
      return page.next().equals(after) && await(next, timeout) ? read(after, filter, limit) : page;
    }

    private EventPage read(EventPosition after, EventFilter filter, int limit) {
      EventPage inMemory = fromMemory(after, filter, limit);
      return inMemory == null ? log.read(after, filter, limit) : inMemory;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        leave();
      }
    }
  }
}
