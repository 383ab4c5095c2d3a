package kassa.application;

import java.time.Duration;
import kassa.application.fixture.SettableClock;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.SignIn;
import kassa.application.port.out.Stores;
import kassa.application.port.out.identity.UserStore.StoredUser;
import kassa.contract.fixture.FakePasswordHasher;
import kassa.contract.fixture.FakeTokenGenerator;
import kassa.contract.fixture.FakeWebhookGateway;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.SessionLimits;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.rule.Policy;

/** All use cases over in-memory stores, with a clock that tests advance. */
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
  final Cryptography cryptography = new Cryptography(passwords, new FakeTokenGenerator());
  final Environment environment =
      new Environment(clock, () -> SampleOrders.nextId().value(), bound -> 0);
  final ApplicationSettings settings =
      new ApplicationSettings(
          SESSION_LIMITS,
          CALLS_PER_MINUTE,
          Policy.DEFAULT,
          new BatchLimits(4, Duration.ofSeconds(30)));
  final UseCases useCases =
      UseCases.create(
          storeSet, environment, cryptography, settings, new FakeWebhookGateway().gateway());
  final OperatorUseCases operatorUseCases =
      OperatorUseCases.create(storeSet, environment, cryptography, settings);

  /** Stores a user with the password {@link #PASSWORD}. */
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
    storeSet.identity().users().add(new StoredUser(user, passwords.hash(PASSWORD)));
    return user;
  }

  SignIn.Outcome signIn(String email, String password) {
    return useCases.identity().signIn().signIn(new EmailAddress(email), password, CLIENT);
  }

  /** Signs in with the correct password. */
  SignIn.Outcome.SignedIn signedIn(String email) {
    return switch (signIn(email, PASSWORD)) {
      case SignIn.Outcome.SignedIn signedIn -> signedIn;
      case SignIn.Outcome otherwise -> throw new AssertionError(otherwise);
    };
  }

  /** Authenticates the bearer of this token. */
  Caller caller(String token) {
    return useCases.identity().authenticate().authenticate(token).orElseThrow();
  }

  /** Returns the latest audit event. */
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
