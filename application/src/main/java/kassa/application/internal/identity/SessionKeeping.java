package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kassa.application.internal.identity.PasswordCheck.Verdict;
import kassa.application.port.in.ManageSessions;
import kassa.application.port.in.Origin;
import kassa.application.port.out.Passwords;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.Tokens;
import kassa.application.port.out.TooManyPasswordsException;
import kassa.application.port.out.UserStore;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.Password;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;

/** What people do with their own sessions and their own password. */
public final class SessionKeeping {

  private final UserStore users;
  private final SessionStore sessions;
  private final Passwords passwords;
  private final Tokens tokens;
  private final PasswordCheck check;
  private final AuditTrail trail;
  private final SessionLife life;
  private final InstantSource clock;

  public SessionKeeping(
      UserStore users,
      SessionStore sessions,
      Passwords passwords,
      Tokens tokens,
      PasswordCheck check,
      AuditTrail trail,
      SessionLife life,
      InstantSource clock) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.tokens = tokens;
    this.check = check;
    this.trail = trail;
    this.life = life;
    this.clock = clock;
  }

  /** The sessions of somebody who signed in. */
  public ManageSessions of(Caller.SignedIn caller) {
    return new OwnSessions(caller);
  }

  private final class OwnSessions implements ManageSessions {

    private final Caller.SignedIn caller;

    private OwnSessions(Caller.SignedIn caller) {
      this.caller = caller;
    }

    @Override
    public Own self() {
      return new Own(kept().user(), caller.session());
    }

    @Override
    public List<Session> list() {
      Instant now = clock.instant();
      return sessions.list(caller.user(), life.usedAfter(now), life.begunAfter(now)).stream()
          .sorted(
              Comparator.comparing(Session::lastUsedAt)
                  .thenComparing(session -> session.id().value())
                  .reversed())
          .toList();
    }

    @Override
    public boolean end(SessionId id, Origin origin) {
      boolean ended = sessions.end(id, caller.user());
      if (ended) {
        trail.write(Kind.SESSION_ENDED, caller.name(), id, origin.address(), null);
      }
      return ended;
    }

    @Override
    public int endOthers(Origin origin) {
      int ended = sessions.endAll(caller.user(), caller.session());
      if (ended > 0) {
        trail.write(
            Kind.SESSION_ENDED, caller.name(), caller.user(), origin.address(), "others: " + ended);
      }
      return ended;
    }

    @Override
    public Outcome changePassword(String current, Password changed, Origin origin) {
      if (passwords.isCommon(changed.text())) {
        return new Outcome.TooCommon();
      }
      KeptUser kept = kept();
      return switch (check.check(kept.user().email(), Optional.of(kept), current, origin)) {
        case Verdict.Right() -> change(kept, changed, origin);
        case Verdict.Wrong() -> refused(origin);
        case Verdict.Throttled throttled -> new Outcome.Throttled(throttled.retryAfter());
        case Verdict.Busy() -> new Outcome.Busy();
      };
    }

    private Outcome change(KeptUser kept, Password changed, Origin origin) {
      String hash;
      try {
        // Or one that somebody else chose would be kept by saying it once more.
        if (passwords.matches(changed.text(), kept.passwordHash())) {
          return new Outcome.Unchanged();
        }
        hash = passwords.hash(changed.text());
      } catch (TooManyPasswordsException crowded) {
        return new Outcome.Busy();
      }
      Tokens.Token token = tokens.session();
      if (!users.changePassword(
          caller.user(), kept.passwordHash(), hash, caller.session(), token.hash())) {
        // Somebody has changed it meanwhile: what was typed is not the password any more.
        return refused(origin);
      }
      trail.write(Kind.PASSWORD_CHANGED, caller.name(), caller.user(), origin.address(), null);
      return new Outcome.Changed(token.text());
    }

    private Outcome refused(Origin origin) {
      trail.write(
          Kind.PASSWORD_CHANGE_REFUSED, caller.name(), caller.user(), origin.address(), null);
      return new Outcome.Refused();
    }

    private KeptUser kept() {
      return users
          .find(caller.user())
          .orElseThrow(() -> new IllegalStateException("who is signed in is a user"));
    }
  }
}
