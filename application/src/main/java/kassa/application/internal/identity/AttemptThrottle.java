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
 * Makes those who try in vain wait, longer each time, on all nodes together. Nobody is locked out:
 * each wait ends by itself. Source: OWASP ASVS 5.0, 6.3.1.
 */
public final class AttemptThrottle {

  /**
   * What was tried in vain longer ago than this does not count. With the longest wait it leaves
   * whoever guesses passwords of one account some 300 guesses a day.
   */
  static final Duration RETENTION = Duration.ofMinutes(15);

  /** The longest wait: long for a program that guesses, short for a person who has forgotten. */
  static final Duration MAX_WAIT = Duration.ofMinutes(5);

  /** So often somebody may mistype their password before they wait. */
  static final int FREE_ATTEMPTS_PER_ACCOUNT = 5;

  /** More, for many people may share an address. */
  static final int FREE_ATTEMPTS_PER_ADDRESS = 20;

  private final FailedAttemptStore attempts;
  private final InstantSource clock;

  public AttemptThrottle(FailedAttemptStore attempts, InstantSource clock) {
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * Who tries, or whom they try.
   *
   * @param name as it is kept
   * @param freeAttempts how often they may try before they wait
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

  /** How long these have to wait from now on; nothing if they need not. */
  Optional<Duration> retryAfter(Subject... subjects) {
    Instant now = now();
    List<FailedAttempts> known = attempts.find(Arrays.stream(subjects).map(Subject::name).toList());
    return known.stream()
        .map(each -> retryAfter(each, freeAttempts(each, subjects), now))
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder());
  }

  /** Counts that these tried in vain. */
  void recordFailure(Subject... subjects) {
    Instant now = now();
    attempts.recordFailure(
        Arrays.stream(subjects).map(Subject::name).toList(), now, now.minus(RETENTION));
  }

  /** Forgets that this one tried in vain. */
  void clear(Subject subject) {
    attempts.clear(subject.name());
  }

  /** Forgets what does not count any more, and tells how much that was. */
  int purgeExpired() {
    return attempts.purgeBefore(now().minus(RETENTION));
  }

  /** One second behind the last of those that were free, and twice as long each time. */
  private static Duration retryAfter(FailedAttempts known, int free, Instant now) {
    int more = known.count() - free;
    if (more < 0 || known.lastFailedAt().isBefore(now.minus(RETENTION))) {
      return Duration.ZERO;
    }
    Duration whole = Duration.ofSeconds(1L << Math.min(more, Integer.SIZE));
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
