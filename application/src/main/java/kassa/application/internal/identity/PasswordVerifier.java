package kassa.application.internal.identity;

import java.time.Duration;
import java.util.Optional;
import kassa.application.internal.identity.AttemptThrottle.AccountAttempt;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.out.identity.HashingOverloadedException;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Verifies passwords, with throttling of failed attempts (brute-force protection) and a constant
 * cost for unknown users (no user enumeration).
 */
public final class PasswordVerifier {

  private final PasswordHasher passwords;
  private final TokenGenerator tokens;
  private final AttemptThrottle throttle;
  private final PasswordCheckRateLimiter rateLimiter;
  private final AuditTrail trail;
  private volatile @Nullable String dummyHash;

  public PasswordVerifier(
      PasswordHasher passwords,
      TokenGenerator tokens,
      AttemptThrottle throttle,
      PasswordCheckRateLimiter rateLimiter,
      AuditTrail trail) {
    this.passwords = passwords;
    this.tokens = tokens;
    this.throttle = throttle;
    this.rateLimiter = rateLimiter;
    this.trail = trail;
  }

  /** Result of a verification. */
  sealed interface Result {

    /** The password is correct. */
    record Correct() implements Result {}

    /** The password is wrong, or the user does not exist or is disabled. */
    record Wrong() implements Result {}

    /** Too many attempts before, or too many checks of right passwords. */
    record TooManyAttempts(Duration retryAfter) implements Result {}

    /** Too many passwords are being hashed at the moment. */
    record Overloaded() implements Result {}
  }

  /**
   * Verifies a password and records a failed attempt if it is wrong. The cost is the same whether
   * or not the user exists.
   *
   * @param email the email address of the account
   * @param user the user with this address, or empty
   * @param password the password as entered
   */
  Result verify(
      EmailAddress email, Optional<StoredUser> user, String password, ClientInfo clientInfo) {
    Optional<Duration> wait = throttle.begin(email, clientInfo.address()).retryAfter();
    if (wait.isPresent()) {
      return toTooManyAttempts(wait.get(), user, clientInfo);
    }
    wait = rateLimiter.tryAcquire(email, clientInfo.address());
    if (wait.isPresent()) {
      return toTooManyAttempts(wait.get(), user, clientInfo);
    }
    boolean matches;
    try {
      String hash = dummyHash();
      matches = passwords.matches(password, user.map(StoredUser::passwordHash).orElse(hash));
    } catch (HashingOverloadedException overloaded) {
      return new Result.Overloaded();
    }
    // Checked again, for concurrent guesses: a guess that finishes after enough others failed must
    // not get its result.
    AccountAttempt attempt = throttle.begin(email, clientInfo.address());
    wait = attempt.retryAfter();
    if (wait.isPresent()) {
      return toTooManyAttempts(wait.get(), user, clientInfo);
    }
    if (!matches || user.filter(storedUser -> !storedUser.user().isDisabled()).isEmpty()) {
      throttle.recordFailure(attempt);
      return new Result.Wrong();
    }
    throttle.recordSuccess(attempt);
    return new Result.Correct();
  }

  private Result toTooManyAttempts(
      Duration wait, Optional<StoredUser> user, ClientInfo clientInfo) {
    trail.writeDebounced(
        Kind.TOO_MANY_ATTEMPTS,
        null,
        user.map(storedUser -> storedUser.user().id()).orElse(null),
        clientInfo.address(),
        null);
    return new Result.TooManyAttempts(wait);
  }

  /**
   * Hash that is verified for an unknown user, so that it takes the same time. The first call
   * creates it, whether or not the user exists.
   */
  private String dummyHash() {
    String hash = dummyHash;
    if (hash == null) {
      hash = passwords.hash(tokens.newSessionToken().text());
      dummyHash = hash;
    }
    return hash;
  }
}
