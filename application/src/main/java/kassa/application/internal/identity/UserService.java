package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.port.in.Slice;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.ManageUsers;
import kassa.application.port.out.identity.HashingOverloadedException;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.SessionStore;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.identity.UserSearchText;
import org.jspecify.annotations.Nullable;

/** Manages user accounts: creates, lists and changes users, resets passwords and ends sessions. */
public final class UserService {

  /** Maximum number of attempts after concurrent changes of the same user. */
  private static final int MAX_ATTEMPTS = 5;

  private final UserStore users;
  private final SessionStore sessions;
  private final PasswordHasher passwords;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final IntUnaryOperator random;

  public UserService(
      UserStore users,
      SessionStore sessions,
      PasswordHasher passwords,
      AuditTrail trail,
      InstantSource clock,
      Supplier<UUID> ids,
      IntUnaryOperator random) {
    this.users = users;
    this.sessions = sessions;
    this.passwords = passwords;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
  }

  /** Returns the use case for this caller. */
  public ManageUsers as(Caller caller) {
    return new AsCaller(caller);
  }

  private final class AsCaller implements ManageUsers {

    private final Caller caller;

    private AsCaller(Caller caller) {
      this.caller = caller;
    }

    @Override
    public Optional<User> find(UserId id) {
      return users.find(id).map(StoredUser::user);
    }

    @Override
    public Optional<User> find(EmailAddress email) {
      return users.find(email).map(StoredUser::user);
    }

    @Override
    public Slice<User> list(@Nullable UserSearchText text, @Nullable UserId after, int limit) {
      return Slice.read(limit, count -> users.list(text, after, count));
    }

    @Override
    public Outcome create(
        EmailAddress email,
        Password password,
        @Nullable String name,
        Role role,
        ClientInfo clientInfo) {
      Instant now = clock.instant();
      User user = new User(new UserId(ids.get()), email, name, role, false, 1, now);
      if (passwords.isCommon(password.text())) {
        return new Outcome.TooCommon();
      }
      String hash;
      try {
        hash = passwords.hash(password.text());
      } catch (HashingOverloadedException overloaded) {
        return new Outcome.Overloaded();
      }
      if (!users
          .by(caller.name())
          .add(new StoredUser(user, hash, TemporaryPassword.expiresAt(now)))) {
        return new Outcome.EmailTaken();
      }
      write(Kind.USER_CREATED, user.id(), "role " + role, clientInfo);
      return new Outcome.Done(user);
    }

    @Override
    public Outcome update(
        UserId id, @Nullable Role role, @Nullable Boolean disabled, ClientInfo clientInfo) {
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        User before = find(id).orElse(null);
        if (before == null) {
          return new Outcome.NotFound();
        }
        User after = toChanged(before, role, disabled);
        if (after.equals(before)) {
          return new Outcome.Done(before);
        }
        switch (users.by(caller.name()).update(after, clock.instant())) {
          case DONE -> {
            write(Kind.USER_CHANGED, id, difference(before, after), clientInfo);
            return new Outcome.Done(after);
          }
          case LAST_ADMIN -> {
            return new Outcome.LastAdmin();
          }
          case CONFLICT -> {
            // Retries with the current version of the user.
          }
        }
      }
      return new Outcome.ConcurrentModification();
    }

    @Override
    public Optional<Integer> endSessions(UserId id, ClientInfo clientInfo) {
      if (find(id).isEmpty()) {
        return Optional.empty();
      }
      int ended = sessions.endAllOfUser(id, null);
      if (ended > 0) {
        write(Kind.SESSION_ENDED, id, "all sessions: " + ended, clientInfo);
      }
      return Optional.of(ended);
    }

    @Override
    public int endSessionsOfAllUsers() {
      int ended =
          sessions.endAllOfEveryUser(caller instanceof Caller.SignedIn own ? own.session() : null);
      String detail = "sessions of all users: " + ended;
      trail.write(Kind.SESSION_ENDED, caller.name(), null, caller.address(), detail);
      return ended;
    }

    @Override
    public PasswordReset replacePassword(UserId id) {
      User user = find(id).orElse(null);
      if (user == null) {
        return new PasswordReset.NotFound();
      }
      Password password = Password.generate(random);
      Instant expiresAt = TemporaryPassword.expiresAt(clock.instant());
      String hash;
      try {
        hash = passwords.hash(password.text());
      } catch (HashingOverloadedException overloaded) {
        return new PasswordReset.Overloaded();
      }
      if (!users.replacePassword(id, hash, expiresAt)) {
        return new PasswordReset.NotFound();
      }
      trail.write(Kind.PASSWORD_REPLACED, caller.name(), id, caller.address(), null);
      return new PasswordReset.Done(user, password, expiresAt);
    }

    private void write(Kind kind, UserId subject, String detail, ClientInfo clientInfo) {
      trail.write(kind, caller.name(), subject, clientInfo.address(), detail);
    }
  }

  /** Returns the same user if nothing changes, else its next version. */
  private static User toChanged(User user, @Nullable Role role, @Nullable Boolean disabled) {
    Role newRole = role == null ? user.role() : role;
    boolean newDisabled = disabled == null ? user.isDisabled() : disabled;
    return newRole == user.role() && newDisabled == user.isDisabled()
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
    String state = after.isDisabled() ? "disabled" : "enabled";
    if (before.isDisabled() == after.isDisabled()) {
      return role;
    }
    return role.isEmpty() ? state : role + ", " + state;
  }
}
