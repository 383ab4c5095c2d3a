package kassa.application.internal.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.internal.identity.Throttle.Subject;
import kassa.application.port.in.Origin;
import kassa.application.port.in.Register;
import kassa.application.port.out.Passwords;
import kassa.application.port.out.TooManyPasswordsException;
import kassa.application.port.out.UserStore;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;

/** Registers customers. */
public final class Registering implements Register {

  private final UserStore users;
  private final Passwords passwords;
  private final Throttle throttle;
  private final AuditTrail trail;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public Registering(
      UserStore users,
      Passwords passwords,
      Throttle throttle,
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
      EmailAddress email, Password password, @Nullable String name, Origin origin) {
    User user = customer(email, name);
    Subject sender = Subject.registrationsFrom(origin.address());
    Optional<Duration> wait = throttle.wait(sender);
    if (wait.isPresent()) {
      trail.writeSeldom(Kind.THROTTLED, null, null, origin.address(), null);
      return new Outcome.Throttled(wait.get());
    }
    if (passwords.isCommon(password.text())) {
      return new Outcome.TooCommon();
    }
    String hash;
    try {
      // Also for an address that is taken, so that it takes as long.
      hash = passwords.hash(password.text());
    } catch (TooManyPasswordsException crowded) {
      return new Outcome.Busy();
    }
    throttle.failed(sender);
    add(new KeptUser(user, hash), origin);
    return new Outcome.Accepted();
  }

  private void add(KeptUser kept, Origin origin) {
    String id = kept.user().id().toString();
    if (users.add(kept)) {
      trail.write(Kind.REGISTERED, id, id, origin.address(), null);
    } else {
      trail.write(Kind.REGISTRATION_REFUSED, null, null, origin.address(), null);
    }
  }

  private User customer(EmailAddress email, @Nullable String name) {
    return new User(
        new UserId(ids.get()),
        email,
        name,
        Role.CUSTOMER,
        false,
        1,
        clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
