package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kassa.application.internal.identity.AttemptThrottle.Subject;
import kassa.domain.identity.EmailAddress;

/**
 * Rate limit of password checks per account and per client address, right passwords included: each
 * check costs tens of milliseconds of a core. A token bucket allows a burst and then a steady rate.
 * It counts on this node only. Thread-safe. See docs/decisions/0126.
 */
public final class PasswordCheckRateLimiter {

  /** Number of password checks of one account in a burst. */
  static final int BURST_PER_ACCOUNT = 20;

  /** Number of password checks of one client address in a burst; many users can share one. */
  static final int BURST_PER_ADDRESS = 100;

  /** Time after which an account may check one more password. */
  static final Duration REFILL_PER_ACCOUNT = Duration.ofSeconds(3);

  /** Time after which a client address may check one more password. */
  static final Duration REFILL_PER_ADDRESS = Duration.ofMillis(500);

  /** Buckets that are full again are forgotten when there are as many as this. */
  static final int MAX_SUBJECTS = 100_000;

  private final InstantSource clock;

  /**
   * When each bucket is full again. A bucket that is full is not needed. Guarded by this object.
   */
  private final Map<String, Instant> fullAt = new HashMap<>();

  public PasswordCheckRateLimiter(InstantSource clock) {
    this.clock = clock;
  }

  /** Bucket of one subject. */
  private record Bucket(int burst, Duration refill) {

    /** Returns how long the subject has to wait until one check fits. */
    private Duration remainingWait(Instant full, Instant now) {
      return Duration.between(now, full.plus(refill)).minus(refill.multipliedBy(burst));
    }
  }

  /**
   * Counts a password check of an account from a client address.
   *
   * @return how long the caller has to wait; empty if the password may be checked
   */
  synchronized Optional<Duration> tryAcquire(EmailAddress email, String address) {
    Instant now = clock.instant();
    forgetFullBuckets(now);
    Map<String, Bucket> buckets = new LinkedHashMap<>();
    buckets.put(Subject.account(email).name(), new Bucket(BURST_PER_ACCOUNT, REFILL_PER_ACCOUNT));
    buckets.put(Subject.address(address).name(), new Bucket(BURST_PER_ADDRESS, REFILL_PER_ADDRESS));
    Duration longest = Duration.ZERO;
    for (Map.Entry<String, Bucket> each : buckets.entrySet()) {
      Duration wait = each.getValue().remainingWait(fullAt(each.getKey(), now), now);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }
    if (longest.isPositive()) {
      return Optional.of(longest);
    }
    buckets.forEach((name, bucket) -> fullAt.put(name, fullAt(name, now).plus(bucket.refill())));
    return Optional.empty();
  }

  private Instant fullAt(String name, Instant now) {
    Instant full = fullAt.getOrDefault(name, now);
    return full.isBefore(now) ? now : full;
  }

  /** Without this, an attacker with many addresses could fill the memory. */
  private void forgetFullBuckets(Instant now) {
    if (fullAt.size() >= MAX_SUBJECTS) {
      fullAt.values().removeIf(full -> !full.isAfter(now));
      if (fullAt.size() >= MAX_SUBJECTS) {
        fullAt.clear();
      }
    }
  }
}
