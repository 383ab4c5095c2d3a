package kassa.application.internal.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.identity.FailedAttemptStore;
import kassa.application.port.out.identity.FailedAttemptStore.FailedAttempts;
import kassa.domain.identity.EmailAddress;

/**
 * Throttle for failed attempts (brute-force protection): after some free attempts each further
 * failure doubles the wait time, across all nodes. Each wait ends by itself. The failures of an
 * account are counted separately for each network from which it has signed in before, and together
 * for all other networks, so that strangers cannot delay the owner there. Source: OWASP ASVS 5.0,
 * 6.1.1 and 6.3.1. See docs/decisions/0133.
 */
public final class AttemptThrottle {

  /**
   * Failed attempts older than this are not counted. Together with {@link #MAX_WAIT} this allows
   * attackers about 300 guesses per account and day from all unknown networks together, and as many
   * from each known network.
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

  /** How long after a sign-in from a network the network is known to the account. */
  static final Duration KNOWN_NETWORK_RETENTION = Duration.ofDays(90);

  /** The time of a sign-in from a known network is stored again after this time. */
  static final Duration KNOWN_NETWORK_UPDATE_INTERVAL = Duration.ofDays(1);

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

    /** An account, for attempts from one of its known networks. */
    private static Subject accountFrom(String network, EmailAddress email) {
      return new Subject("account-from " + network + " " + email, FREE_ATTEMPTS_PER_ACCOUNT);
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

  /**
   * Attempt to use the password of an account.
   *
   * @param account what counts the failures of the account: its known network, or all others
   * @param address the client address
   * @param signIn the subject of the successes of the account in this network
   * @param lastSignInAt when the account last signed in from this network; empty if the network is
   *     not known
   * @param retryAfter the remaining wait; empty if the password may be checked
   */
  record AccountAttempt(
      Subject account,
      Subject address,
      Subject signIn,
      Optional<Instant> lastSignInAt,
      Optional<Duration> retryAfter) {}

  /** Begins an attempt to use the password of an account; reads the store once. */
  AccountAttempt begin(EmailAddress email, String address) {
    Instant now = clock.instant();
    String network = ClientNetwork.rateLimitKeyOf(address);
    Subject signIn = new Subject("sign-in-from " + network + " " + email, 0);
    Subject known = Subject.accountFrom(network, email);
    Subject unknown = Subject.account(email);
    Subject client = Subject.address(address);
    List<FailedAttempts> stored = find(signIn, known, unknown, client);
    Optional<Instant> lastSignInAt =
        stored.stream()
            .filter(each -> each.subject().equals(signIn.name()))
            .map(FailedAttempts::lastAttemptAt)
            .filter(at -> at.isAfter(now.minus(KNOWN_NETWORK_RETENTION)))
            .findFirst();
    Subject account = lastSignInAt.isPresent() ? known : unknown;
    return new AccountAttempt(
        account, client, signIn, lastSignInAt, retryAfter(stored, now, account, client));
  }

  /** Records that the password was wrong. */
  void recordFailure(AccountAttempt attempt) {
    recordFailure(attempt.account(), attempt.address());
  }

  /** Records that the password was right: the account has no wait, and its network is known. */
  void recordSuccess(AccountAttempt attempt) {
    Instant now = clock.instant();
    attempts.clear(attempt.account().name());
    Instant recent = now.minus(KNOWN_NETWORK_UPDATE_INTERVAL);
    if (attempt.lastSignInAt().filter(at -> at.isAfter(recent)).isEmpty()) {
      attempts.recordSuccess(attempt.signIn().name(), now);
    }
  }

  /** Returns the longest remaining wait of these subjects; empty if none has to wait. */
  Optional<Duration> retryAfter(Subject... subjects) {
    return retryAfter(find(subjects), clock.instant(), subjects);
  }

  private List<FailedAttempts> find(Subject... subjects) {
    return attempts.find(Arrays.stream(subjects).map(Subject::name).toList());
  }

  private static Optional<Duration> retryAfter(
      List<FailedAttempts> stored, Instant now, Subject... subjects) {
    return Arrays.stream(subjects)
        .flatMap(subject ->
            stored.stream()
                .filter(each -> each.subject().equals(subject.name()))
                .map(each -> retryAfter(each, subject.freeAttempts(), now)))
        .filter(Duration::isPositive)
        .max(Comparator.naturalOrder());
  }

  /** Records a failed attempt for each of these subjects. */
  void recordFailure(Subject... subjects) {
    Instant now = clock.instant();
    attempts.recordFailure(
        Arrays.stream(subjects).map(Subject::name).toList(), now, now.minus(RETENTION));
  }

  /**
   * Deletes the counters that no longer count, and the networks that are no longer known.
   *
   * @return the number of both
   */
  int purgeExpired() {
    Instant now = clock.instant();
    return attempts.purgeBefore(now.minus(RETENTION), now.minus(KNOWN_NETWORK_RETENTION));
  }

  /** Remaining wait: one second after the last free attempt, doubled with each further failure. */
  private static Duration retryAfter(FailedAttempts known, int free, Instant now) {
    int excess = known.count() - free;
    if (excess < 0 || known.lastAttemptAt().isBefore(now.minus(RETENTION))) {
      return Duration.ZERO;
    }
    Duration whole = Duration.ofSeconds(1L << Math.min(excess, Integer.SIZE));
    Duration bounded = whole.compareTo(MAX_WAIT) < 0 ? whole : MAX_WAIT;
    return bounded.minus(Duration.between(known.lastAttemptAt(), now));
  }
}
