package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import kassa.application.port.in.identity.RateLimiter;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.identity.RateLimitStore;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;

/**
 * Counts calls in memory, and adds what other nodes counted. A call costs a look into a map and an
 * atomic addition. May be used by any number of threads.
 */
public final class FixedWindowRateLimiter implements RateLimiter {

  /**
   * Callers beyond these are let through uncounted until the minute is over. A node that answers so
   * many in a minute cannot answer any of the others often.
   */
  static final int MAX_CALLERS = 100_000;

  /**
   * Whoever made no more than the hundredth part of the limit on a node is not told to others: the
   * database would be busy with people who click now and then.
   */
  static final int SYNC_THRESHOLD_DIVISOR = 100;

  private final RateLimitStore store;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final UUID nodeId;
  private final long limit;
  private final AtomicReference<Window> current;

  /**
   * @param node names this node until it is started anew
   * @param limit how many calls somebody may make in a minute, 1 or more
   */
  public FixedWindowRateLimiter(
      RateLimitStore store, AuditTrail trail, InstantSource clock, UUID node, int limit) {
    this.store = store;
    this.trail = trail;
    this.clock = clock;
    this.nodeId = node;
    this.limit = limit;
    this.current = new AtomicReference<>(new Window(Long.MIN_VALUE));
  }

  @Override
  public Decision tryAcquire(Caller caller) {
    return switch (caller) {
      case Caller.SignedIn person -> count(person.user());
      case Caller.ApiClient program -> count(program.key());
      case Caller.LocalOperator(), Caller.Anonymous() -> new Decision.Unlimited();
    };
  }

  private Decision count(Record id) {
    Instant now = clock.instant();
    Window minute = windowAt(now);
    CallerCount count = minute.countOf(id);
    long left = count.tryTake(limit);
    Duration resetIn = Duration.between(now, minute.end());
    if (left >= 0) {
      return new Decision.Allowed(limit, left, resetIn);
    }
    if (count.markFirstRefusal()) {
      trail.writeDebounced(
          Kind.TOO_MANY_ATTEMPTS, count.name, null, null, limit + " calls in a minute");
    }
    return new Decision.LimitExceeded(limit, resetIn);
  }

  /** One at a time: an older number must not come behind a newer one. */
  @Override
  public synchronized boolean syncWithOtherNodes() {
    Window minute = windowAt(clock.instant());
    if (minute.counts.isEmpty()) {
      return true;
    }
    try {
      minute.applyOtherNodes(
          store.mergeCounts(
              nodeId, minute.start(), minute.unsyncedCounts(limit / SYNC_THRESHOLD_DIVISOR)));
      return true;
    } catch (StoreUnavailableException unavailable) {
      return false;
    }
  }

  /**
   * The minute of a moment. Threads that read the clock just before its end may come behind those
   * that have begun the next, and belong to it; a clock that was set back further is followed.
   */
  private Window windowAt(Instant now) {
    long number = windowNumberAt(now);
    Window minute = current.get();
    return minute.counts(number)
        ? minute
        : current.updateAndGet(other -> other.counts(number) ? other : new Window(number));
  }

  private static long windowNumberAt(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), WINDOW.toSeconds());
  }

  /** The calls of a minute. */
  private static final class Window {

    private final long number;
    private final ConcurrentMap<Record, CallerCount> counts = new ConcurrentHashMap<>();
    private volatile Map<String, Long> countsOfOtherNodes = Map.of();

    private Window(long number) {
      this.number = number;
    }

    private boolean counts(long minute) {
      return minute == number || minute == number - 1;
    }

    private Instant start() {
      return Instant.ofEpochSecond(number * WINDOW.toSeconds());
    }

    private Instant end() {
      return start().plus(WINDOW);
    }

    private CallerCount countOf(Record id) {
      CallerCount count = counts.get(id);
      if (count != null) {
        return count;
      }
      return counts.size() < MAX_CALLERS
          ? counts.computeIfAbsent(id, key -> new CallerCount(key.toString(), countsOfOtherNodes))
          : new CallerCount("", Map.of());
    }

    /** What others have not been told yet, of those who made more calls than so many. */
    private Map<String, Long> unsyncedCounts(long threshold) {
      Map<String, Long> unsynced = new HashMap<>();
      for (CallerCount count : counts.values()) {
        long own = count.ownCount.get();
        if (own > threshold && own > count.syncedCount) {
          unsynced.put(count.name, own);
          count.syncingCount = own;
        }
      }
      return unsynced;
    }

    /** Known before they are looked for, so that none is missed who makes a first call now. */
    private void applyOtherNodes(Map<String, Long> known) {
      countsOfOtherNodes = known;
      for (CallerCount count : counts.values()) {
        count.countOfOtherNodes = known.getOrDefault(count.name, 0L);
        count.syncedCount = count.syncingCount;
      }
    }
  }

  /** The calls of somebody in a minute. */
  private static final class CallerCount {

    private final String name;
    private final AtomicLong ownCount = new AtomicLong();
    private final AtomicBoolean hasRefused = new AtomicBoolean();
    private volatile long countOfOtherNodes;

    /** How many others know of, and will if they are reached; for the exchange alone. */
    private long syncedCount;

    private long syncingCount;

    private CallerCount(String name, Map<String, Long> ofOthers) {
      this.name = name;
      this.countOfOtherNodes = ofOthers.getOrDefault(name, 0L);
    }

    /** Counts one call more, if there is one left, and tells how many are; -1 if it was not. */
    private long tryTake(long limit) {
      long max = limit - countOfOtherNodes;
      long before = ownCount.getAndUpdate(calls -> calls < max ? calls + 1 : calls);
      return Math.max(-1, max - before - 1);
    }

    private boolean markFirstRefusal() {
      return !hasRefused.get() && hasRefused.compareAndSet(false, true);
    }
  }
}
