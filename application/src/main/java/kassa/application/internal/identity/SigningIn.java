package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.internal.identity.PasswordCheck.Verdict;
import kassa.application.port.in.Origin;
import kassa.application.port.in.SignIn;
import kassa.application.port.out.Passwords;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.Tokens;
import kassa.application.port.out.TooManyPasswordsException;
import kassa.application.port.out.UserStore;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;

/** Lets people in and out. */
public final class SigningIn implements SignIn {

  private final UserStore users;
  private final SessionStore sessions;
  private final Passwords passwords;
  private final Tokens tokens;
  private final PasswordCheck check;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public SigningIn(
      UserStore users,
      SessionStore sessions,
      Passwords passwords,
      Tokens tokens,
      PasswordCheck check,
      AuditTrail trail,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.tokens = tokens;
    this.check = check;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome signIn(EmailAddress email, String password, Origin origin) {
    Optional<KeptUser> user = users.find(email);
    return switch (check.check(email, user, password, origin)) {
      case Verdict.Right() -> begin(strengthened(user.orElseThrow(), password), origin);
      case Verdict.Wrong() -> refused(user, origin);
      case Verdict.Throttled throttled -> new Outcome.Throttled(throttled.retryAfter());
      case Verdict.Busy() -> new Outcome.Busy();
    };
  }

  @Override
  public void signOut(Caller caller, Origin origin) {
    if (caller instanceof Caller.SignedIn own && sessions.end(own.session(), own.user())) {
      trail.write(Kind.SESSION_ENDED, own.name(), own.session(), origin.address(), null);
    }
  }

  private Outcome begin(KeptUser kept, Origin origin) {
    User user = kept.user();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    SessionId id = new SessionId(ids.get());
    Session session = new Session(id, user.id(), origin.device(), origin.address(), now, now);
    Tokens.Token token = tokens.session();
    if (!sessions.begin(session, token.hash())) {
      return refused(Optional.of(kept), origin);
    }
    if (!isStillTheirs(kept)) {
      sessions.end(id, user.id());
      return refused(Optional.of(kept), origin);
    }
    trail.write(Kind.SIGNED_IN, user.id().toString(), id, origin.address(), null);
    return new Outcome.SignedIn(token.text(), session, user, kept.passwordDue());
  }

  /** Whoever changed the password meanwhile has ended the sessions that there were then. */
  private boolean isStillTheirs(KeptUser kept) {
    return users
        .find(kept.user().id())
        .filter(now -> now.passwordHash().equals(kept.passwordHash()))
        .isPresent();
  }

  private KeptUser strengthened(KeptUser kept, String password) {
    if (!passwords.isOutdated(kept.passwordHash())) {
      return kept;
    }
    try {
      String hash = passwords.hash(password);
      return users.replaceHash(kept.user().id(), kept.passwordHash(), hash)
          ? new KeptUser(kept.user(), hash, kept.passwordDue())
          : kept;
    } catch (TooManyPasswordsException crowded) {
      // The next time will do.
      return kept;
    }
  }

  private Outcome refused(Optional<KeptUser> user, Origin origin) {
    trail.write(
        Kind.SIGN_IN_REFUSED,
        null,
        user.map(kept -> kept.user().id()).orElse(null),
        origin.address(),
        null);
    return new Outcome.Refused();
  }
}
