package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kassa.application.internal.identity.PasswordVerifier.Result;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.ManageSessions;
import kassa.application.port.out.identity.HashingOverloadedException;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.TokenGenerator;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Password;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.SessionLimits;

/** Manages the caller's own sessions and own password. */
public final class SessionService {

  private final UserStore users;
  private final SessionStore sessions;
  private final PasswordHasher passwords;
  private final TokenGenerator tokens;
  private final PasswordVerifier passwordVerifier;
  private final AuditTrail trail;
  private final SessionLimits limits;
  private final InstantSource clock;

  public SessionService(
      UserStore users,
      SessionStore sessions,
      PasswordHasher passwords,
      TokenGenerator tokens,
      PasswordVerifier passwordVerifier,
      AuditTrail trail,
      SessionLimits limits,
      InstantSource clock) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.tokens = tokens;
    this.passwordVerifier = passwordVerifier;
    this.trail = trail;
    this.limits = limits;
    this.clock = clock;
  }

  /** Returns the use case for this signed-in caller. */
  public ManageSessions as(Caller.SignedIn caller) {
    return new AsCaller(caller);
  }

  private final class AsCaller implements ManageSessions {

    private final Caller.SignedIn caller;

    private AsCaller(Caller.SignedIn caller) {
      this.caller = caller;
    }

    @Override
    public CurrentSession current() {
      return new CurrentSession(storedUser().user(), caller.session());
    }

    @Override
    public SessionId currentId() {
      return caller.session();
    }

    @Override
    public List<Session> list() {
      Instant now = clock.instant();
      return sessions.list(caller.user(), limits.usedAfter(now), limits.createdAfter(now)).stream()
          .sorted(
              Comparator.comparing(Session::lastUsedAt)
                  .thenComparing(session -> session.id().value())
                  .reversed())
          .toList();
    }

    @Override
    public boolean end(SessionId id, ClientInfo clientInfo) {
      boolean ended = sessions.end(id, caller.user());
      if (ended) {
        trail.write(Kind.SESSION_ENDED, caller.name(), id, clientInfo.address(), null);
      }
      return ended;
    }

    @Override
    public int endOthers(ClientInfo clientInfo) {
      int ended = sessions.endAllOfUser(caller.user(), caller.session());
      if (ended > 0) {
        trail.write(
            Kind.SESSION_ENDED,
            caller.name(),
            caller.user(),
            clientInfo.address(),
            "other sessions: " + ended);
      }
      return ended;
    }

    @Override
    public Outcome changePassword(String current, Password newPassword, ClientInfo clientInfo) {
      if (passwords.isCommon(newPassword.text())) {
        return new Outcome.TooCommon();
      }
      StoredUser storedUser = storedUser();
      return switch (passwordVerifier.verify(
          storedUser.user().email(), Optional.of(storedUser), current, clientInfo)) {
        case Result.Correct() -> storePassword(storedUser, newPassword, clientInfo);
        case Result.Wrong() -> toWrongPassword(clientInfo);
        case Result.TooManyAttempts throttled ->
            new Outcome.TooManyAttempts(throttled.retryAfter());
        case Result.Overloaded() -> new Outcome.Overloaded();
      };
    }

    private Outcome storePassword(
        StoredUser storedUser, Password newPassword, ClientInfo clientInfo) {
      String hash;
      try {
        // Otherwise a user could keep a temporary password by "changing" it to the same one.
        if (passwords.matches(newPassword.text(), storedUser.passwordHash())) {
          return new Outcome.Unchanged();
        }
        hash = passwords.hash(newPassword.text());
      } catch (HashingOverloadedException overloaded) {
        return new Outcome.Overloaded();
      }
      TokenGenerator.NewToken token = tokens.newSessionToken();
      if (!users.changePassword(
          caller.user(), storedUser.passwordHash(), hash, caller.session(), token.hash())) {
        // The password was changed concurrently: the verified password is no longer the current
        // one.
        return toWrongPassword(clientInfo);
      }
      trail.write(Kind.PASSWORD_CHANGED, caller.name(), caller.user(), clientInfo.address(), null);
      return new Outcome.Changed(token.text());
    }

    private Outcome toWrongPassword(ClientInfo clientInfo) {
      trail.write(
          Kind.PASSWORD_CHANGE_REFUSED, caller.name(), caller.user(), clientInfo.address(), null);
      return new Outcome.WrongPassword();
    }

    private StoredUser storedUser() {
      return users
          .find(caller.user())
          .orElseThrow(() -> new IllegalStateException("the user of a session must exist"));
    }
  }
}
