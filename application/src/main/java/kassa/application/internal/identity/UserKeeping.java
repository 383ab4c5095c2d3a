package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.port.in.ManageUsers;
import kassa.application.port.in.Origin;
import kassa.application.port.out.Passwords;
import kassa.application.port.out.SessionStore;
import kassa.application.port.out.TooManyPasswordsException;
import kassa.application.port.out.UserStore;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** Manages users. */
public final class UserKeeping {

  /** Each attempt that fails means that another change of the same user was made. */
  private static final int MOST_ATTEMPTS = 5;

  private final UserStore users;
  private final SessionStore sessions;
  private final Passwords passwords;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final IntUnaryOperator chance;

  public UserKeeping(
      UserStore users,
      SessionStore sessions,
      Passwords passwords,
      AuditTrail trail,
      InstantSource clock,
      Supplier<UUID> ids,
      IntUnaryOperator chance) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
    this.chance = chance;
  }

  /** The users, as this caller manages them. */
  public ManageUsers by(Caller caller) {
    return new Managed(caller);
  }

  private final class Managed implements ManageUsers {

    private final Caller caller;

    private Managed(Caller caller) {
      this.caller = caller;
    }

    @Override
    public Optional<User> find(UserId id) {
      return users.find(id).map(KeptUser::user);
    }

    @Override
    public Optional<User> find(EmailAddress email) {
      return users.find(email).map(KeptUser::user);
    }

    @Override
    public List<User> list(@Nullable UserId after, int limit) {
      return users.list(after, Limits.checked(limit, MOST_PER_PAGE));
    }

    @Override
    public Outcome create(
        EmailAddress email, Password password, @Nullable String name, Role role, Origin origin) {
      Instant now = now();
      User user = new User(new UserId(ids.get()), email, name, role, false, 1, now);
      if (passwords.isCommon(password.text())) {
        return new Outcome.TooCommon();
      }
      String hash;
      try {
        hash = passwords.hash(password.text());
      } catch (TooManyPasswordsException crowded) {
        return new Outcome.Busy();
      }
      if (!users.add(new KeptUser(user, hash, InitialPassword.due(now)))) {
        return new Outcome.Taken();
      }
      write(Kind.USER_CREATED, user.id(), "role " + role, origin);
      return new Outcome.Done(user);
    }

    @Override
    public Outcome change(
        UserId id, @Nullable Role role, @Nullable Boolean disabled, Origin origin) {
      for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        User before = find(id).orElse(null);
        if (before == null) {
          return new Outcome.Absent();
        }
        User after = changed(before, role, disabled);
        if (after.equals(before)) {
          return new Outcome.Done(before);
        }
        switch (users.change(after)) {
          case MADE -> {
            write(Kind.USER_CHANGED, id, difference(before, after), origin);
            return new Outcome.Done(after);
          }
          case LAST_ADMIN -> {
            return new Outcome.LastAdmin();
          }
          case OVERTAKEN -> {
            // It is decided anew on the user as it is now.
          }
        }
      }
      return new Outcome.Contended();
    }

    @Override
    public Optional<Integer> endSessions(UserId id, Origin origin) {
      if (find(id).isEmpty()) {
        return Optional.empty();
      }
      int ended = sessions.endAll(id, null);
      if (ended > 0) {
        write(Kind.SESSION_ENDED, id, "all: " + ended, origin);
      }
      return Optional.of(ended);
    }

    @Override
    public int endEverybodysSessions() {
      int ended =
          sessions.endEverybodys(caller instanceof Caller.SignedIn own ? own.session() : null);
      String detail = "of everybody: " + ended;
      trail.write(Kind.SESSION_ENDED, caller.name(), null, caller.address(), detail);
      return ended;
    }

    @Override
    public Replacement replacePassword(UserId id) {
      User user = find(id).orElse(null);
      if (user == null) {
        return new Replacement.Absent();
      }
      Password password = Password.madeUp(chance);
      Instant due = InitialPassword.due(now());
      String hash;
      try {
        hash = passwords.hash(password.text());
      } catch (TooManyPasswordsException crowded) {
        return new Replacement.Busy();
      }
      if (!users.replacePassword(id, hash, due)) {
        return new Replacement.Absent();
      }
      trail.write(Kind.PASSWORD_REPLACED, caller.name(), id, caller.address(), null);
      return new Replacement.Replaced(user, password, due);
    }

    private void write(Kind kind, UserId subject, String detail, Origin origin) {
      trail.write(kind, caller.name(), subject, origin.address(), detail);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The same user if nothing is changed, else its next version. */
  private static User changed(User user, @Nullable Role role, @Nullable Boolean disabled) {
    Role newRole = role == null ? user.role() : role;
    boolean newDisabled = disabled == null ? user.disabled() : disabled;
    return newRole == user.role() && newDisabled == user.disabled()
        ? user
        : new User(
            user.id(),
            user.email(),
            user.name(),
            newRole,
            newDisabled,
            user.version() + 1,
            user.createdAt());
  }

  private static String difference(User before, User after) {
    String role =
        before.role() == after.role() ? "" : "role " + before.role() + " to " + after.role();
    String state = after.disabled() ? "disabled" : "enabled";
    if (before.disabled() == after.disabled()) {
      return role;
    }
    return role.isEmpty() ? state : role + ", " + state;
  }
}
