package kassa.application.internal.identity;

import java.time.Duration;
import java.util.Optional;
import kassa.application.internal.identity.AttemptThrottle.Subject;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.out.identity.HashingOverloadedException;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.EmailAddress;
import org.jspecify.annotations.Nullable;

/** Tells whether a password is somebody's, and slows down whoever guesses. */
public final class PasswordVerifier {

  private final PasswordHasher passwords;
  private final TokenGenerator tokens;
  private final AttemptThrottle throttle;
  private final AuditTrail trail;
  private volatile @Nullable String dummyHash;

  public PasswordVerifier(
      PasswordHasher passwords, TokenGenerator tokens, AttemptThrottle throttle, AuditTrail trail) {
    this.passwords = passwords;
    this.tokens = tokens;
    this.throttle = throttle;
    this.trail = trail;
  }

  /** What came of it. */
  sealed interface Result {

    /** It is theirs. */
    record Correct() implements Result {}

    /** It is not, or there is no such user, or they are disabled. */
    record Wrong() implements Result {}

    /** Too many were wrong before. */
    record TooManyAttempts(Duration retryAfter) implements Result {}

    /** Too many are being looked at. */
    record Overloaded() implements Result {}
  }

  /**
   * Looks at a password, which costs the same whoever the user is, and counts it if it is wrong.
   *
   * @param email whose account is meant
   * @param user the user of that address, if there is one
   */
  Result verify(
      EmailAddress email, Optional<StoredUser> user, String password, ClientInfo clientInfo) {
    Subject account = Subject.account(email);
    Subject address = Subject.address(clientInfo.address());
    Optional<Duration> wait = throttle.retryAfter(account, address);
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
    // Of many guesses at once those are not told that come to an end when enough were wrong.
    wait = throttle.retryAfter(account, address);
    if (wait.isPresent()) {
      return toTooManyAttempts(wait.get(), user, clientInfo);
    }
    if (!matches || user.filter(storedUser -> !storedUser.user().isDisabled()).isEmpty()) {
      throttle.recordFailure(account, address);
      return new Result.Wrong();
    }
    throttle.clear(account);
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
   * What a password is compared with where there is no user, so that it takes as long. It is made
   * by the first who comes, user or not.
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
