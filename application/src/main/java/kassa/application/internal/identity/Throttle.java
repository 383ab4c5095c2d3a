package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.AttemptStore;
import kassa.application.port.out.AttemptStore.Attempts;
import kassa.domain.identity.EmailAddress;

/**
 * Makes those who try in vain wait, longer each time, on all nodes together. Nobody is locked out:
 * each wait ends by itself. Source: OWASP ASVS 5.0, 6.3.1.
 */
public final class Throttle {

  /**
   * What was tried in vain longer ago than this does not count. With the longest wait it leaves
   * whoever guesses passwords of one account some 300 guesses a day.
   */
  static final Duration REMEMBERED = Duration.ofMinutes(15);

  /** The longest wait: long for a program that guesses, short for a person who has forgotten. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** So often somebody may mistype their password before they wait. */
  static final int FREE_FOR_AN_ACCOUNT = 5;

  /** More, for many people may share an address. */
  static final int FREE_FOR_AN_ADDRESS = 20;

  private final AttemptStore attempts;
  private final InstantSource clock;

  public Throttle(AttemptStore attempts, InstantSource clock) {
    this.attempts = attempts;
    this.clock = clock;
  }

  /**
   * Who tries, or whom they try.
   *
   * @param name as it is kept
   * @param free how often they may try before they wait
   */
  record Subject(String name, int free) {

    static Subject account(EmailAddress email) {
      return new Subject("account " + email, FREE_FOR_AN_ACCOUNT);
    }

    static Subject address(String address) {
      return new Subject("address " + Network.of(address), FREE_FOR_AN_ADDRESS);
    }

    static Subject registrationsFrom(String address) {
      return new Subject("register " + Network.of(address), FREE_FOR_AN_ADDRESS);
    }
  }

  /** How long these have to wait from now on; nothing if they need not. */
  Optional<Duration> wait(Subject... subjects) {
    Instant now = now();
    List<Attempts> known = attempts.find(Arrays.stream(subjects).map(Subject::name).toList());
    return known.stream()
        .map(each -> wait(each, free(each, subjects), now))
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder());
  }

  /** Counts that these tried in vain. */
  void failed(Subject... subjects) {
    Instant now = now();
    attempts.failed(
        Arrays.stream(subjects).map(Subject::name).toList(), now, now.minus(REMEMBERED));
  }

  /** Forgets that this one tried in vain. */
  void forget(Subject subject) {
    attempts.forget(subject.name());
  }

  /** Forgets what does not count any more, and tells how much that was. */
  int forgetOld() {
    return attempts.forgetBefore(now().minus(REMEMBERED));
  }

  /** One second behind the last of those that were free, and twice as long each time. */
  private static Duration wait(Attempts known, int free, Instant now) {
    int more = known.count() - free;
    if (more < 0 || known.lastAt().isBefore(now.minus(REMEMBERED))) {
      return Duration.ZERO;
    }
    Duration whole = Duration.ofSeconds(1L << Math.min(more, Integer.SIZE));
    Duration bounded = whole.compareTo(LONGEST_WAIT) < 0 ? whole : LONGEST_WAIT;
    return bounded.minus(Duration.between(known.lastAt(), now));
  }

  private static int free(Attempts known, Subject... subjects) {
    return Arrays.stream(subjects)
        .filter(subject -> subject.name().equals(known.subject()))
        .mapToInt(Subject::free)
        .findFirst()
        .orElse(0);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
