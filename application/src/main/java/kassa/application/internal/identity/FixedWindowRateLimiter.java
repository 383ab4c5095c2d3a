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
 * Rate limiter with a fixed window of one minute. Calls are counted in memory; the counts of other
 * nodes are added after each synchronization. A call costs a map look-up and an atomic addition.
 * Thread-safe.
 */
public final class FixedWindowRateLimiter implements RateLimiter {

  /**
   * Maximum number of counted callers per window; further callers are not limited until the window
   * ends. A node that serves so many callers per minute cannot serve any other caller often.
   */
  static final int MAX_CALLERS = 100_000;

  /**
   * Counts of at most the limit divided by this are not synchronized with other nodes: otherwise
   * occasional users would keep the database busy.
   */
  static final int SYNC_THRESHOLD_DIVISOR = 100;

  private final RateLimitStore store;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final UUID nodeId;
  private final long limit;
  private final AtomicReference<Window> current;

  /**
   * @param node the id of this node, unique per start of the process
   * @param limit the maximum number of calls per caller and minute, 1 or more
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
    Window window = windowAt(now);
    CallerCount count = window.countOf(id);
    long remaining = count.tryAcquire(limit);
    Duration resetIn = Duration.between(now, window.end());
    if (remaining >= 0) {
      return new Decision.Allowed(limit, remaining, resetIn);
    }
    if (count.markFirstRefusal()) {
      trail.writeDebounced(
          Kind.RATE_LIMITED, count.name, null, null, "more than " + limit + " calls per minute");
    }
    return new Decision.LimitExceeded(limit, resetIn);
  }

  /** Synchronized: an older count must not overwrite a newer one. */
  @Override
  public synchronized boolean syncWithOtherNodes() {
    Window window = windowAt(clock.instant());
    if (window.counts.isEmpty()) {
      return true;
    }
    try {
      window.applyOtherNodes(
          store.mergeCounts(
              nodeId, window.start(), window.unsyncedCounts(limit / SYNC_THRESHOLD_DIVISOR)));
      return true;
    } catch (StoreUnavailableException unavailable) {
      return false;
    }
  }

  /**
   * Returns the window of an instant. Threads that read the clock just before the end of a window
   * can arrive after the next window has started; they are counted in the next window. If the clock
   * is set back further, the window follows it.
   */
  private Window windowAt(Instant now) {
    long number = windowNumberAt(now);
    Window window = current.get();
    return window.contains(number)
        ? window
        : current.updateAndGet(other -> other.contains(number) ? other : new Window(number));
  }

  private static long windowNumberAt(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), WINDOW.toSeconds());
  }

  /** Counts of one window. */
  private static final class Window {

    private final long number;
    private final ConcurrentMap<Record, CallerCount> counts = new ConcurrentHashMap<>();
    private volatile Map<String, Long> countsOfOtherNodes = Map.of();

    private Window(long number) {
      this.number = number;
    }

    private boolean contains(long windowNumber) {
      return windowNumber == number || windowNumber == number - 1;
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

    /** Returns the unsynchronized counts of callers with more calls than the threshold. */
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

    /**
     * Applies the counts of the other nodes. The map is published first, so that callers whose
     * first call arrives now are not missed.
     */
    private void applyOtherNodes(Map<String, Long> otherCounts) {
      countsOfOtherNodes = otherCounts;
      for (CallerCount count : counts.values()) {
        count.countOfOtherNodes = otherCounts.getOrDefault(count.name, 0L);
        count.syncedCount = count.syncingCount;
      }
    }
  }

  /** Counts of one caller in one window. */
  private static final class CallerCount {

    private final String name;
    private final AtomicLong ownCount = new AtomicLong();
    private final AtomicBoolean hasRefused = new AtomicBoolean();
    private volatile long countOfOtherNodes;

    /**
     * The own count that other nodes know. Guarded by the lock of {@link #syncWithOtherNodes()}, as
     * is {@code syncingCount}, the count that they will know if the current synchronization
     * succeeds.
     */
    private long syncedCount;

    private long syncingCount;

    private CallerCount(String name, Map<String, Long> countsOfOtherNodes) {
      this.name = name;
      this.countOfOtherNodes = countsOfOtherNodes.getOrDefault(name, 0L);
    }

    /**
     * Counts one call, if any are left.
     *
     * @return the remaining calls; -1 if the call exceeds the limit and was not counted
     */
    private long tryAcquire(long limit) {
      long max = limit - countOfOtherNodes;
      long before = ownCount.getAndUpdate(calls -> calls < max ? calls + 1 : calls);
      return Math.max(-1, max - before - 1);
    }

    private boolean markFirstRefusal() {
      return !hasRefused.get() && hasRefused.compareAndSet(false, true);
    }
  }
}
