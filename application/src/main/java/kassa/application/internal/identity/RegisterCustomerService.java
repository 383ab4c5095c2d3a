package kassa.application.internal.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.internal.identity.AttemptThrottle.Subject;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.RegisterCustomer;
import kassa.application.port.out.identity.HashingOverloadedException;
import kassa.application.port.out.identity.PasswordHasher;
import kassa.application.port.out.identity.UserStore;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** Registers customers, without revealing whether an email address is taken. */
public final class RegisterCustomerService implements RegisterCustomer {

  private final UserStore users;
  private final PasswordHasher passwords;
  private final AttemptThrottle throttle;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public RegisterCustomerService(
      UserStore users,
      PasswordHasher passwords,
      AttemptThrottle throttle,
      AuditTrail trail,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.users = users;
    this.passwords = passwords;
    this.throttle = throttle;
    this.trail = trail;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome register(
      EmailAddress email, Password password, @Nullable String name, ClientInfo clientInfo) {
    User user = customer(email, name);
    Subject sender = Subject.registrationsFrom(clientInfo.address());
    Optional<Duration> wait = throttle.retryAfter(sender);
    if (wait.isPresent()) {
      trail.writeDebounced(Kind.TOO_MANY_ATTEMPTS, null, null, clientInfo.address(), null);
      return new Outcome.TooManyAttempts(wait.get());
    }
    if (passwords.isCommon(password.text())) {
      return new Outcome.TooCommon();
    }
    String hash;
    try {
      // The password is hashed even if the address is taken, so that both cases take the same time.
      hash = passwords.hash(password.text());
    } catch (HashingOverloadedException overloaded) {
      return new Outcome.Overloaded();
    }
    throttle.recordFailure(sender);
    add(new StoredUser(user, hash), clientInfo);
    return new Outcome.Accepted();
  }

  private void add(StoredUser storedUser, ClientInfo clientInfo) {
    String id = storedUser.user().id().toString();
    if (users.by(id).add(storedUser)) {
      trail.write(Kind.REGISTERED, id, id, clientInfo.address(), null);
    } else {
      trail.write(Kind.REGISTRATION_REFUSED, null, null, clientInfo.address(), null);
    }
  }

  private User customer(EmailAddress email, @Nullable String name) {
    return new User(new UserId(ids.get()), email, name, Role.CUSTOMER, false, 1, clock.instant());
  }
}
