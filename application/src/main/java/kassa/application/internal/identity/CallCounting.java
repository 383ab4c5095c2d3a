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
import kassa.application.port.in.CountCalls;
import kassa.application.port.out.CallTally;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;

/**
 * Counts calls in memory, and adds what other nodes counted. A call costs a look into a map and an
 * atomic addition. May be used by any number of threads.
 */
public final class CallCounting implements CountCalls {

  /**
   * Callers beyond these are let through uncounted until the minute is over. A node that answers so
   * many in a minute cannot answer any of the others often.
   */
  static final int MOST_CALLERS = 100_000;

  /**
   * Whoever made no more than the hundredth part of the limit on a node is not told to others: the
   * database would be busy with people who click now and then.
   */
  static final int SMALL_PART = 100;

  private final CallTally tally;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final UUID node;
  private final long limit;
  private final AtomicReference<Minute> current;

  /**
   * @param node names this node until it is started anew
   * @param limit how many calls somebody may make in a minute, 1 or more
   */
  public CallCounting(
      CallTally tally, AuditTrail trail, InstantSource clock, UUID node, int limit) {
    this.tally = tally;
    this.trail = trail;
    this.clock = clock;
    this.node = node;
    this.limit = limit;
    this.current = new AtomicReference<>(new Minute(Long.MIN_VALUE));
  }

  @Override
  public Outcome count(Caller caller) {
    return switch (caller) {
      case Caller.SignedIn person -> count(person.user());
      case Caller.Program program -> count(program.key());
      case Caller.Owner(), Caller.Nobody() -> new Outcome.Uncounted();
    };
  }

  private Outcome count(Record id) {
    Instant now = clock.instant();
    Minute minute = minute(now);
    Count count = minute.countOf(id);
    long left = count.take(limit);
    Duration resetIn = Duration.between(now, minute.end());
    if (left >= 0) {
      return new Outcome.Within(limit, left, resetIn);
    }
    if (count.isFirstRefusal()) {
      trail.writeSeldom(Kind.THROTTLED, count.name, null, null, limit + " calls in a minute");
    }
    return new Outcome.Beyond(limit, resetIn);
  }

  /** One at a time: an older number must not come behind a newer one. */
  @Override
  public synchronized boolean exchange() {
    Minute minute = minute(clock.instant());
    if (minute.counts.isEmpty()) {
      return true;
    }
    try {
      minute.learn(tally.exchange(node, minute.begin(), minute.news(limit / SMALL_PART)));
      return true;
    } catch (StoreUnavailableException unavailable) {
      return false;
    }
  }

  /**
   * The minute of a moment. Threads that read the clock just before its end may come behind those
   * that have begun the next, and belong to it; a clock that was set back further is followed.
   */
  private Minute minute(Instant now) {
    long number = numberOf(now);
    Minute minute = current.get();
    return minute.counts(number)
        ? minute
        : current.updateAndGet(other -> other.counts(number) ? other : new Minute(number));
  }

  private static long numberOf(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), WINDOW.toSeconds());
  }

  /** The calls of a minute. */
  private static final class Minute {

    private final long number;
    private final ConcurrentMap<Record, Count> counts = new ConcurrentHashMap<>();
    private volatile Map<String, Long> ofOthers = Map.of();

    private Minute(long number) {
      this.number = number;
    }

    private boolean counts(long minute) {
      return minute == number || minute == number - 1;
    }

    private Instant begin() {
      return Instant.ofEpochSecond(number * WINDOW.toSeconds());
    }

    private Instant end() {
      return begin().plus(WINDOW);
    }

    private Count countOf(Record id) {
      Count count = counts.get(id);
      if (count != null) {
        return count;
      }
      return counts.size() < MOST_CALLERS
          ? counts.computeIfAbsent(id, key -> new Count(key.toString(), ofOthers))
          : new Count("", Map.of());
    }

    /** What others have not been told yet, of those who made more calls than so many. */
    private Map<String, Long> news(long few) {
      Map<String, Long> news = new HashMap<>();
      for (Count count : counts.values()) {
        long own = count.own.get();
        if (own > few && own > count.told) {
          news.put(count.name, own);
          count.telling = own;
        }
      }
      return news;
    }

    /** Known before they are looked for, so that none is missed who makes a first call now. */
    private void learn(Map<String, Long> known) {
      ofOthers = known;
      for (Count count : counts.values()) {
        count.others = known.getOrDefault(count.name, 0L);
        count.told = count.telling;
      }
    }
  }

  /** The calls of somebody in a minute. */
  private static final class Count {

    private final String name;
    private final AtomicLong own = new AtomicLong();
    private final AtomicBoolean refused = new AtomicBoolean();
    private volatile long others;

    /** How many others know of, and will if they are reached; for the exchange alone. */
    private long told;

    private long telling;

    private Count(String name, Map<String, Long> ofOthers) {
      this.name = name;
      this.others = ofOthers.getOrDefault(name, 0L);
    }

    /** Counts one call more, if there is one left, and tells how many are; -1 if it was not. */
    private long take(long limit) {
      long most = limit - others;
      long before = own.getAndUpdate(calls -> calls < most ? calls + 1 : calls);
      return Math.max(-1, most - before - 1);
    }

    private boolean isFirstRefusal() {
      return !refused.get() && refused.compareAndSet(false, true);
    }
  }
}
