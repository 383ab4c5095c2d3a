package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.port.in.identity.StartLocalSession;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;

/** Starts sessions without a password for the local operator. Thread-safe. */
public final class StartLocalSessionService implements StartLocalSession {

  private static final String LOOPBACK_ADDRESS = "127.0.0.1";
  private static final Caller LOCAL_OPERATOR = new Caller.LocalOperator();

  private final UserStore users;
  private final SessionStore sessions;
  private final TokenGenerator tokens;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public StartLocalSessionService(
      UserStore users,
      SessionStore sessions,
      TokenGenerator tokens,
      AuditTrail trail,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.users = users;
    this.sessions = sessions;
    this.tokens = tokens;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome start(EmailAddress email) {
    Optional<User> found = users.find(email).map(StoredUser::user);
    if (found.isEmpty()) {
      return new Outcome.NotFound();
    }
    User user = found.get();
    Instant now = clock.instant();
    Session session =
        new Session(new SessionId(ids.get()), user.id(), DEVICE, LOOPBACK_ADDRESS, now, now, true);
    TokenGenerator.NewToken token = tokens.newSessionToken();
    // The store checks the state of the user in its transaction: the state read above may be stale.
    if (!sessions.create(session, token.hash())) {
      return new Outcome.Disabled();
    }
    trail.write(
        Kind.SIGNED_IN, LOCAL_OPERATOR.name(), session.id(), null, "session of " + user.id());
    return new Outcome.Started(token.text(), session, user);
  }
}
