package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.internal.identity.PasswordVerifier.Result;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.SignIn;
import kassa.application.port.out.identity.HashingOverloadedException;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Telemetry;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;

/** Signs users in with email and password, and signs them out. */
public final class SignInService implements SignIn {

  private final UserStore users;
  private final SessionStore sessions;
  private final PasswordHasher passwords;
  private final TokenGenerator tokens;
  private final PasswordVerifier passwordVerifier;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final Telemetry telemetry;

  public SignInService(
      UserStore users,
      SessionStore sessions,
      PasswordHasher passwords,
      TokenGenerator tokens,
      PasswordVerifier passwordVerifier,
      AuditTrail trail,
      InstantSource clock,
      Supplier<UUID> ids,
      Telemetry telemetry) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.tokens = tokens;
    this.passwordVerifier = passwordVerifier;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
    this.telemetry = telemetry;
  }

  @Override
  public Outcome signIn(EmailAddress email, String password, ClientInfo clientInfo) {
    Outcome outcome = checkAndSignIn(email, password, clientInfo);
    switch (outcome) {
      case Outcome.SignedIn _ -> {
        // Only failures are counted.
      }
      case Outcome.InvalidCredentials _ -> telemetry.count(Counter.LOGINS_INVALID_CREDENTIALS);
      case Outcome.TooManyAttempts _ -> telemetry.count(Counter.LOGINS_TOO_MANY_ATTEMPTS);
      case Outcome.Overloaded _ -> telemetry.count(Counter.LOGINS_OVERLOADED);
    }
    return outcome;
  }

  private Outcome checkAndSignIn(EmailAddress email, String password, ClientInfo clientInfo) {
    Optional<StoredUser> user = users.find(email);
    return switch (passwordVerifier.verify(email, user, password, clientInfo)) {
      case Result.Correct() ->
          createSession(rehashIfOutdated(user.orElseThrow(), password), clientInfo);
      case Result.Wrong() -> toInvalidCredentials(user, clientInfo);
      case Result.TooManyAttempts throttled -> new Outcome.TooManyAttempts(throttled.retryAfter());
      case Result.Overloaded() -> new Outcome.Overloaded();
    };
  }

  @Override
  public void signOut(Caller caller, ClientInfo clientInfo) {
    if (caller instanceof Caller.SignedIn own && sessions.end(own.session(), own.user())) {
      trail.write(Kind.SESSION_ENDED, own.name(), own.session(), clientInfo.address(), null);
    }
  }

  private Outcome createSession(StoredUser storedUser, ClientInfo clientInfo) {
    User user = storedUser.user();
    Instant now = clock.instant();
    SessionId id = new SessionId(ids.get());
    Session session =
        new Session(id, user.id(), clientInfo.device(), clientInfo.address(), now, now);
    TokenGenerator.NewToken token = tokens.newSessionToken();
    if (!sessions.create(session, token.hash())) {
      return toInvalidCredentials(Optional.of(storedUser), clientInfo);
    }
    if (!isPasswordUnchanged(storedUser)) {
      sessions.end(id, user.id());
      return toInvalidCredentials(Optional.of(storedUser), clientInfo);
    }
    trail.write(Kind.SIGNED_IN, user.id().toString(), id, clientInfo.address(), null);
    return new Outcome.SignedIn(token.text(), session, user, storedUser.passwordExpiresAt());
  }

  /**
   * Checks that the password was not changed during the sign-in: a password change ends the
   * sessions that existed then, but not this new one.
   */
  private boolean isPasswordUnchanged(StoredUser storedUser) {
    return users
        .find(storedUser.user().id())
        .filter(now -> now.passwordHash().equals(storedUser.passwordHash()))
        .isPresent();
  }

  private StoredUser rehashIfOutdated(StoredUser storedUser, String password) {
    if (!passwords.isOutdated(storedUser.passwordHash())) {
      return storedUser;
    }
    try {
      String hash = passwords.hash(password);
      return users.replaceHash(storedUser.user().id(), storedUser.passwordHash(), hash)
          ? new StoredUser(storedUser.user(), hash, storedUser.passwordExpiresAt())
          : storedUser;
    } catch (HashingOverloadedException overloaded) {
      // The hash is upgraded at the next sign-in.
      return storedUser;
    }
  }

  private Outcome toInvalidCredentials(Optional<StoredUser> user, ClientInfo clientInfo) {
    trail.write(
        Kind.SIGN_IN_REFUSED,
        null,
        user.map(storedUser -> storedUser.user().id()).orElse(null),
        clientInfo.address(),
        null);
    return new Outcome.InvalidCredentials();
  }
}
