package kassa.application.internal.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import kassa.application.port.in.identity.CreateFirstAdmin;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** Creates the first admin, without whom no other admin could be created. */
public final class CreateFirstAdminService implements CreateFirstAdmin {

  private final UserStore users;
  private final PasswordHasher passwords;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final IntUnaryOperator random;

  public CreateFirstAdminService(
      UserStore users,
      PasswordHasher passwords,
      AuditTrail trail,
      InstantSource clock,
      Supplier<UUID> ids,
      IntUnaryOperator random) {
    this.users = users;
    this.passwords = passwords;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
    this.random = random;
  }

  @Override
  public boolean create(EmailAddress email, Password password) {
    return create(email, password, null);
  }

  @Override
  public Optional<Password> create(EmailAddress email) {
    Password generated = Password.generate(random);
    return create(email, generated, TemporaryPassword.expiresAt(clock.instant()))
        ? Optional.of(generated)
        : Optional.empty();
  }

  private boolean create(EmailAddress email, Password password, @Nullable Instant expiresAt) {
    if (users.hasAdmin()) {
      return false;
    }
    if (passwords.isCommon(password.text())) {
      throw new InvalidValueException(Reason.MALFORMED, "password must not be a common password");
    }
    User admin =
        new User(new UserId(ids.get()), email, null, Role.ADMIN, false, 1, clock.instant());
    if (!users.add(new StoredUser(admin, passwords.hash(password.text()), expiresAt))) {
      requireAdminCreatedByOtherNode();
      return false;
    }
    trail.write(Kind.USER_CREATED, null, admin.id(), null, "first admin");
    return true;
  }

  /** A user with the admin's address has chosen the password and must not become an admin. */
  private void requireAdminCreatedByOtherNode() {
    if (!users.hasAdmin()) {
      throw new IllegalStateException(
          "the email address of the first admin belongs to a user who is not an admin");
    }
  }
}
