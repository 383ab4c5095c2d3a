package kassa.application.internal.identity;

import java.time.Duration;
import java.util.Optional;
import kassa.application.internal.identity.Throttle.Subject;
import kassa.application.port.in.Origin;
import kassa.application.port.out.Passwords;
import kassa.application.port.out.Tokens;
import kassa.application.port.out.TooManyPasswordsException;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.EmailAddress;
import org.jspecify.annotations.Nullable;

/** Tells whether a password is somebody's, and slows down whoever guesses. */
public final class PasswordCheck {

  private final Passwords passwords;
  private final Tokens tokens;
  private final Throttle throttle;
  private final AuditTrail trail;
  private volatile @Nullable String nobodysHash;

  public PasswordCheck(Passwords passwords, Tokens tokens, Throttle throttle, AuditTrail trail) {
    this.passwords = passwords;
    this.tokens = tokens;
    this.throttle = throttle;
    this.trail = trail;
  }

  /** What came of it. */
  sealed interface Verdict {

    /** It is theirs. */
    record Right() implements Verdict {}

    /** It is not, or there is no such user, or they are disabled. */
    record Wrong() implements Verdict {}

    /** Too many were wrong before. */
    record Throttled(Duration retryAfter) implements Verdict {}

    /** Too many are being looked at. */
    record Busy() implements Verdict {}
  }

  /**
   * Looks at a password, which costs the same whoever the user is, and counts it if it is wrong.
   *
   * @param email whose account is meant
   * @param user the user of that address, if there is one
   */
  Verdict check(EmailAddress email, Optional<KeptUser> user, String password, Origin origin) {
    Subject account = Subject.account(email);
    Subject address = Subject.address(origin.address());
    Optional<Duration> wait = throttle.wait(account, address);
    if (wait.isPresent()) {
      return throttled(wait.get(), user, origin);
    }
    boolean matches;
    try {
      String hash = nobodysHash();
      matches = passwords.matches(password, user.map(KeptUser::passwordHash).orElse(hash));
    } catch (TooManyPasswordsException crowded) {
      return new Verdict.Busy();
    }
    // Of many guesses at once those are not told that come to an end when enough were wrong.
    wait = throttle.wait(account, address);
    if (wait.isPresent()) {
      return throttled(wait.get(), user, origin);
    }
    if (!matches || user.filter(kept -> !kept.user().disabled()).isEmpty()) {
      throttle.failed(account, address);
      return new Verdict.Wrong();
    }
    throttle.forget(account);
    return new Verdict.Right();
  }

  private Verdict throttled(Duration wait, Optional<KeptUser> user, Origin origin) {
    trail.writeSeldom(
        Kind.THROTTLED,
        null,
        user.map(kept -> kept.user().id()).orElse(null),
        origin.address(),
        null);
    return new Verdict.Throttled(wait);
  }

  /**
   * What a password is compared with where there is no user, so that it takes as long. It is made
   * by the first who comes, user or not.
   */
  private String nobodysHash() {
    String hash = nobodysHash;
    if (hash == null) {
      hash = passwords.hash(tokens.session().text());
      nobodysHash = hash;
    }
    return hash;
  }
}
