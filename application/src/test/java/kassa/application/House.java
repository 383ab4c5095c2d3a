package kassa.application;

import java.time.Duration;
import kassa.application.UseCases.Secrets;
import kassa.application.UseCases.SessionLimits;
import kassa.application.UseCases.Stores;
import kassa.application.UseCases.Surroundings;
import kassa.application.internal.SettableClock;
import kassa.application.port.in.Origin;
import kassa.application.port.in.SignIn;
import kassa.application.port.out.UserStore.KeptUser;
import kassa.contract.InMemoryStores;
import kassa.contract.QuickPasswords;
import kassa.contract.QuickTokens;
import kassa.contract.SampleOrders;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.rule.Policy;

/** All use-cases over stores in memory, with a clock that is moved by hand. */
final class House {

  static final String PASSWORD = "correct horse";
  static final Origin HOME = new Origin("192.0.2.1", "A browser");
  static final SessionLimits LIMITS =
      new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12));

  static final int CALLS_PER_MINUTE = 3;

  final InMemoryStores stores = new InMemoryStores();
  final Stores all = stores.all();
  final SettableClock clock = new SettableClock();
  final QuickPasswords passwords = new QuickPasswords();
  final Secrets secrets = new Secrets(passwords, new QuickTokens());
  final Surroundings surroundings =
      new Surroundings(clock, () -> SampleOrders.nextId().value(), bound -> 0);
  final UseCases useCases =
      UseCases.create(
          all,
          surroundings,
          secrets,
          LIMITS,
          CALLS_PER_MINUTE,
          Policy.DEFAULT,
          new ProcessingLimits(4, Duration.ofSeconds(30)));

  /** A user whose password is {@link #PASSWORD}. */
  User user(String email, Role role) {
    User user =
        new User(
            new UserId(SampleOrders.nextId().value()),
            new EmailAddress(email),
            "Ann",
            role,
            false,
            1,
            clock.instant());
    all.users().add(new KeptUser(user, passwords.hash(PASSWORD)));
    return user;
  }

  SignIn.Outcome signIn(String email, String password) {
    return useCases.signIn().signIn(new EmailAddress(email), password, HOME);
  }

  /** Signs in with the right password. */
  SignIn.Outcome.SignedIn signedIn(String email) {
    return switch (signIn(email, PASSWORD)) {
      case SignIn.Outcome.SignedIn signedIn -> signedIn;
      case SignIn.Outcome otherwise -> throw new AssertionError(otherwise);
    };
  }

  /** Who shows this token. */
  Caller caller(String token) {
    return useCases.authenticate().by(token).orElseThrow();
  }

  /** What happened last. */
  AuditEvent lastEvent() {
    return stores.audit().events().getLast();
  }

  void tryInVain(int times, String email) {
    for (int i = 0; i < times; i++) {
      SignIn.Outcome outcome = signIn(email, "wrong " + i);
      if (!outcome.equals(new SignIn.Outcome.Refused())) {
        throw new AssertionError(outcome);
      }
    }
  }

  static Password password(String text) {
    return new Password(text);
  }
}
