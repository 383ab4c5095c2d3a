package kassa.application;

import java.time.Duration;
import kassa.application.UseCases.Environment;
import kassa.application.UseCases.Secrets;
import kassa.application.UseCases.SessionLimits;
import kassa.application.UseCases.Stores;
import kassa.application.fixture.SettableClock;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.SignIn;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.contract.fixture.FakePasswordHasher;
import kassa.contract.fixture.FakeTokenGenerator;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.rule.Policy;

/** All use-cases over stores in memory, with a clock that is moved by hand. */
final class ApplicationFixture {

  static final String PASSWORD = "correct horse";
  static final ClientInfo CLIENT = new ClientInfo("192.0.2.1", "A browser");
  static final SessionLimits SESSION_LIMITS =
      new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12));

  static final int CALLS_PER_MINUTE = 3;

  final InMemoryStores stores = new InMemoryStores();
  final Stores storeSet = stores.all();
  final SettableClock clock = new SettableClock();
  final FakePasswordHasher passwords = new FakePasswordHasher();
  final Secrets secrets = new Secrets(passwords, new FakeTokenGenerator());
  final Environment environment =
      new Environment(clock, () -> SampleOrders.nextId().value(), bound -> 0);
  final UseCases useCases =
      UseCases.create(
          storeSet,
          environment,
          secrets,
          SESSION_LIMITS,
          CALLS_PER_MINUTE,
          Policy.DEFAULT,
          new BatchLimits(4, Duration.ofSeconds(30)));

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
    storeSet.users().add(new StoredUser(user, passwords.hash(PASSWORD)));
    return user;
  }

  SignIn.Outcome signIn(String email, String password) {
    return useCases.signIn().signIn(new EmailAddress(email), password, CLIENT);
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
    return useCases.authenticate().authenticate(token).orElseThrow();
  }

  /** What happened last. */
  AuditEvent lastEvent() {
    return stores.auditLog().events().getLast();
  }

  void failSignIn(int times, String email) {
    for (int i = 0; i < times; i++) {
      SignIn.Outcome outcome = signIn(email, "wrong " + i);
      if (!outcome.equals(new SignIn.Outcome.InvalidCredentials())) {
        throw new AssertionError(outcome);
      }
    }
  }

  static Password password(String text) {
    return new Password(text);
  }
}
