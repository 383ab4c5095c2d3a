package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.identity.FailedAttemptStore;
import kassa.application.port.out.identity.FailedAttemptStore.FailedAttempts;
import kassa.domain.identity.EmailAddress;

/**
 * Throttle for failed attempts (brute-force protection): after some free attempts each further
 * failure doubles the wait time, across all nodes. Accounts are never locked: each wait ends by
 * itself. Source: OWASP ASVS 5.0, 6.3.1.
 */
public final class AttemptThrottle {

  /**
   * Failed attempts older than this are not counted. Together with {@link #MAX_WAIT} this allows an
   * attacker about 300 guesses per account and day.
   */
  static final Duration RETENTION = Duration.ofMinutes(15);

  /**
   * Maximum wait: long for a brute-force attack, short for a user who has forgotten the password.
   */
  static final Duration MAX_WAIT = Duration.ofMinutes(5);

  /** Number of wrong passwords of one account before a wait starts. */
  static final int FREE_ATTEMPTS_PER_ACCOUNT = 5;

  /**
   * Number of failures from one client address before a wait starts. Higher, because many users can
   * share an address.
   */
  static final int FREE_ATTEMPTS_PER_ADDRESS = 20;

  private final FailedAttemptStore attempts;
  private final InstantSource clock;

  public AttemptThrottle(FailedAttemptStore attempts, InstantSource clock) {
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * Throttled account or client address.
   *
   * @param name the name in the store
   * @param freeAttempts the number of failures before a wait starts
   */
  record Subject(String name, int freeAttempts) {

    static Subject account(EmailAddress email) {
      return new Subject("account " + email, FREE_ATTEMPTS_PER_ACCOUNT);
    }

    static Subject address(String address) {
      return new Subject(
          "address " + ClientNetwork.rateLimitKeyOf(address), FREE_ATTEMPTS_PER_ADDRESS);
    }

    static Subject registrationsFrom(String address) {
      return new Subject(
          "register " + ClientNetwork.rateLimitKeyOf(address), FREE_ATTEMPTS_PER_ADDRESS);
    }
  }

  /** Returns the longest remaining wait of these subjects; empty if none has to wait. */
  Optional<Duration> retryAfter(Subject... subjects) {
    Instant now = now();
    List<FailedAttempts> known = attempts.find(Arrays.stream(subjects).map(Subject::name).toList());
    return known.stream()
        .map(each -> retryAfter(each, freeAttempts(each, subjects), now))
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder());
  }

  /** Records a failed attempt for each of these subjects. */
  void recordFailure(Subject... subjects) {
    Instant now = now();
    attempts.recordFailure(
        Arrays.stream(subjects).map(Subject::name).toList(), now, now.minus(RETENTION));
  }

  /** Resets the failed attempts of a subject. */
  void clear(Subject subject) {
    attempts.clear(subject.name());
  }

  /**
   * Deletes the counters that no longer count.
   *
   * @return the number of deleted counters
   */
  int purgeExpired() {
    return attempts.purgeBefore(now().minus(RETENTION));
  }

  /** Remaining wait: one second after the last free attempt, doubled with each further failure. */
  private static Duration retryAfter(FailedAttempts known, int free, Instant now) {
    int excess = known.count() - free;
    if (excess < 0 || known.lastFailedAt().isBefore(now.minus(RETENTION))) {
      return Duration.ZERO;
    }
    Duration whole = Duration.ofSeconds(1L << Math.min(excess, Integer.SIZE));
    Duration bounded = whole.compareTo(MAX_WAIT) < 0 ? whole : MAX_WAIT;
    return bounded.minus(Duration.between(known.lastFailedAt(), now));
  }

  private static int freeAttempts(FailedAttempts known, Subject... subjects) {
    return Arrays.stream(subjects)
        .filter(subject -> subject.name().equals(known.subject()))
        .mapToInt(Subject::freeAttempts)
        .findFirst()
        .orElse(0);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
