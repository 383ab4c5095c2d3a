package kassa.application;

import static kassa.application.ApplicationFixture.CLIENT;
import static kassa.application.ApplicationFixture.PASSWORD;
import static kassa.application.ApplicationFixture.password;
import static kassa.contract.fixture.SampleCallers.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import kassa.application.port.in.identity.ManageApiKeys;
import kassa.application.port.in.identity.ManageSessions;
import kassa.application.port.in.identity.ManageUsers;
import kassa.application.port.in.identity.ManageUsers.Outcome;
import kassa.application.port.in.identity.ManageUsers.PasswordReset;
import kassa.application.port.in.identity.SignIn;
import kassa.contract.fixture.TestUsers;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Permission;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.StoredAuditEvent;
import kassa.domain.identity.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** User management, API keys, audit log, first admin and purge of expired data. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdministrationUseCasesTest {

  private static final EmailAddress ADMIN_EMAIL = new EmailAddress("boss@example.com");

  private final ApplicationFixture fixture = new ApplicationFixture();
  private final ManageUsers users = fixture.useCases.identity().manageUsers().as(ADMIN);
  private final ManageApiKeys apiKeys = fixture.useCases.identity().manageApiKeys().as(ADMIN);

  @Test
  void created_user_can_sign_in() {
    Outcome outcome = create("op@example.com", PASSWORD);

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    User user = ((Outcome.Done) outcome).user();
    assertThat(user.role()).isEqualTo(Role.OPERATOR);
    assertThat(users.find(user.id())).contains(user);
    assertThat(users.list(null, null, 10).items()).containsExactly(user);
    assertThat(event(fixture.lastEvent()))
        .isEqualTo("USER_CREATED " + ADMIN.name() + " " + user.id() + " role OPERATOR");
    assertThat(fixture.signedIn("op@example.com").user()).isEqualTo(user);
  }

  @Test
  void rejects_a_taken_email_or_a_common_password() {
    create("op@example.com", PASSWORD);

    assertThat(create("OP@example.com", PASSWORD)).isEqualTo(new Outcome.EmailTaken());
    assertThat(create("x@example.com", "12345678")).isEqualTo(new Outcome.TooCommon());
    fixture.passwords.setOverloaded(true);
    assertThat(create("x@example.com", PASSWORD)).isEqualTo(new Outcome.Overloaded());
    assertThat(users.list(null, null, 10).items()).hasSize(1);
  }

  @Test
  void user_update_is_audited_with_its_changes() {
    User ann = fixture.user("ann@example.com", Role.CUSTOMER);
    fixture.user("boss@example.com", Role.ADMIN);
    SignIn.Outcome.SignedIn session = fixture.signedIn("ann@example.com");

    assertThat(users.update(ann.id(), Role.ADMIN, null, CLIENT))
        .isEqualTo(new Outcome.Done(TestUsers.updated(ann, Role.ADMIN, false)));
    assertThat(fixture.lastEvent().detail()).isEqualTo("role CUSTOMER to ADMIN");
    assertThat(fixture.caller(session.token()).name()).isEqualTo(ann.id().toString());

    assertThat(users.update(ann.id(), Role.OPERATOR, true, CLIENT))
        .isInstanceOf(Outcome.Done.class);
    assertThat(fixture.lastEvent().detail()).isEqualTo("role ADMIN to OPERATOR, disabled");
    assertThat(fixture.useCases.identity().authenticate().authenticate(session.token())).isEmpty();

    users.update(ann.id(), null, false, CLIENT);
    assertThat(fixture.lastEvent().detail()).isEqualTo("enabled");
    assertThat(users.find(ann.id()).orElseThrow().version()).isEqualTo(4);
  }

  @Test
  void no_op_update_is_not_audited() {
    User ann = fixture.user("ann@example.com", Role.CUSTOMER);

    assertThat(users.update(ann.id(), Role.CUSTOMER, false, CLIENT))
        .isEqualTo(new Outcome.Done(ann));
    assertThat(users.update(ann.id(), null, null, CLIENT)).isEqualTo(new Outcome.Done(ann));
    assertThat(users.update(TestUsers.nextUser(), null, true, CLIENT))
        .isEqualTo(new Outcome.NotFound());
    assertThat(fixture.stores.auditLog().events()).isEmpty();
  }

  @Test
  void last_admin_remains_despite_concurrent_updates() throws Exception {
    List<User> admins =
        IntStream.range(0, 8)
            .mapToObj(i -> fixture.user("a" + i + "@example.com", Role.ADMIN))
            .toList();
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      List<Callable<Outcome>> calls =
          admins.stream()
              .<Callable<Outcome>>map(admin -> () -> users.update(admin.id(), null, true, CLIENT))
              .toList();

      List<Outcome> outcomes = executor.invokeAll(calls).stream().map(Future::resultNow).toList();

      assertThat(outcomes).containsOnlyOnce(new Outcome.LastAdmin());
      assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(7);
    }
  }

  @Test
  void temporary_password_must_be_changed_within_a_day() {
    create("op@example.com", PASSWORD);
    Instant expiresAt = fixture.clock.instant().plus(Duration.ofHours(24));
    assertThat(fixture.signedIn("op@example.com").passwordExpiresAt()).isEqualTo(expiresAt);

    fixture.clock.advance(Duration.ofHours(24).minusNanos(1_000));
    SignIn.Outcome.SignedIn session = fixture.signedIn("op@example.com");
    Caller inTime = fixture.caller(session.token());
    assertThat(inTime.hasPermission(Permission.READ_ALL_ORDERS)).isTrue();
    fixture.clock.advance(Duration.ofNanos(1_000));
    Caller late = fixture.caller(session.token());
    assertThat(late.hasPermission(Permission.READ_ALL_ORDERS)).isFalse();
    assertThat(late.hasPermission(Permission.MANAGE_OWN_SESSIONS)).isTrue();
    assertThat(fixture.signedIn("op@example.com").passwordExpiresAt()).isEqualTo(expiresAt);

    var changed =
        (ManageSessions.Outcome.Changed)
            fixture
                .useCases
                .identity()
                .manageSessions()
                .as(late)
                .changePassword(PASSWORD, password("a better password"), CLIENT);
    assertThat(fixture.caller(changed.token()).hasPermission(Permission.READ_ALL_ORDERS)).isTrue();
    assertThat(fixture.signIn("op@example.com", "a better password"))
        .isInstanceOfSatisfying(
            SignIn.Outcome.SignedIn.class, again -> assertThat(again.passwordExpiresAt()).isNull());
  }

  @Test
  void temporary_password_cannot_be_reused_as_the_new_one() {
    create("op@example.com", PASSWORD);
    SignIn.Outcome.SignedIn session = fixture.signedIn("op@example.com");
    ManageSessions own =
        fixture.useCases.identity().manageSessions().as(fixture.caller(session.token()));

    assertThat(own.changePassword(PASSWORD, password(PASSWORD), CLIENT))
        .isEqualTo(new ManageSessions.Outcome.Unchanged());

    assertThat(fixture.signedIn("op@example.com").passwordExpiresAt())
        .isEqualTo(session.passwordExpiresAt());
    assertThat(fixture.useCases.identity().authenticate().authenticate(session.token()))
        .isPresent();
  }

  @Test
  void password_reset_issues_a_temporary_password_for_one_day() {
    User ann = fixture.user("ann@example.com", Role.CUSTOMER);
    SignIn.Outcome.SignedIn session = fixture.signedIn("ann@example.com");
    Caller admin = ADMIN.withAddress("192.0.2.7");

    PasswordReset outcome =
        fixture.useCases.identity().manageUsers().as(admin).replacePassword(ann.id());

    assertThat(outcome).isInstanceOf(PasswordReset.Done.class);
    PasswordReset.Done replaced = (PasswordReset.Done) outcome;
    assertThat(replaced.user()).isEqualTo(ann);
    assertThat(replaced.passwordExpiresAt())
        .isEqualTo(fixture.clock.instant().plus(Duration.ofHours(24)));
    assertThat(fixture.useCases.identity().authenticate().authenticate(session.token())).isEmpty();
    assertThat(event(fixture.lastEvent()))
        .isEqualTo("PASSWORD_REPLACED " + ADMIN.name() + " " + ann.id() + " null");
    assertThat(fixture.lastEvent().address()).isEqualTo("192.0.2.7");
    assertThat(fixture.signIn("ann@example.com", PASSWORD))
        .isEqualTo(new SignIn.Outcome.InvalidCredentials());
    assertThat(fixture.signIn("ann@example.com", replaced.password().text()))
        .isInstanceOfSatisfying(
            SignIn.Outcome.SignedIn.class,
            again -> assertThat(again.passwordExpiresAt()).isEqualTo(replaced.passwordExpiresAt()));
    assertThat(outcome.toString() + fixture.stores.auditLog().events())
        .doesNotContain(replaced.password().text());
  }

  @Test
  void password_reset_fails_for_unknown_user_or_overload() {
    User ann = fixture.user("ann@example.com", Role.CUSTOMER);

    assertThat(users.replacePassword(TestUsers.nextUser())).isEqualTo(new PasswordReset.NotFound());
    fixture.passwords.setOverloaded(true);
    assertThat(users.replacePassword(ann.id())).isEqualTo(new PasswordReset.Overloaded());
    fixture.passwords.setOverloaded(false);

    assertThat(fixture.signedIn("ann@example.com").user()).isEqualTo(ann);
  }

  @Test
  void ends_all_sessions_of_a_user() {
    User ann = fixture.user("ann@example.com", Role.CUSTOMER);
    fixture.signedIn("ann@example.com");
    fixture.signedIn("ann@example.com");

    assertThat(users.endSessions(ann.id(), CLIENT)).contains(2);
    assertThat(users.endSessions(ann.id(), CLIENT)).contains(0);
    assertThat(users.endSessions(TestUsers.nextUser(), CLIENT)).isEmpty();
  }

  @Test
  void ends_all_sessions_except_the_callers_own() {
    fixture.user("ann@example.com", Role.CUSTOMER);
    fixture.user("boss@example.com", Role.ADMIN);
    SignIn.Outcome.SignedIn anns = fixture.signedIn("ann@example.com");
    SignIn.Outcome.SignedIn other = fixture.signedIn("boss@example.com");
    SignIn.Outcome.SignedIn own = fixture.signedIn("boss@example.com");
    ManageUsers boss =
        fixture
            .useCases
            .identity()
            .manageUsers()
            .as(fixture.caller(own.token()).withAddress("192.0.2.7"));

    assertThat(boss.endSessionsOfAllUsers()).isEqualTo(2);

    assertThat(fixture.caller(own.token()).hasPermission(Permission.ADMINISTER)).isTrue();
    assertThat(fixture.useCases.identity().authenticate().authenticate(anns.token())).isEmpty();
    assertThat(fixture.useCases.identity().authenticate().authenticate(other.token())).isEmpty();
    assertThat(event(fixture.lastEvent()))
        .isEqualTo("SESSION_ENDED " + own.user().id() + " null sessions of all users: 2");
    assertThat(fixture.lastEvent().address()).isEqualTo("192.0.2.7");
    assertThat(users.endSessionsOfAllUsers()).isEqualTo(1);
    assertThat(fixture.useCases.identity().authenticate().authenticate(own.token())).isEmpty();
  }

  @Test
  void issues_api_keys_and_revokes_each_once() {
    ManageApiKeys.Issued issued =
        apiKeys.issue("shop", Set.of(Scope.PRICES_SET, Scope.ORDERS_WRITE), null, CLIENT);
    ApiKey key = issued.key();
    assertThat(key.createdBy()).isEqualTo(ADMIN.name());
    assertThat(apiKeys.list(null, 10).items()).containsExactly(key);
    assertThat(event(fixture.lastEvent()))
        .isEqualTo("KEY_ISSUED " + ADMIN.name() + " " + key.id() + " orders:write prices:set");

    assertThat(apiKeys.revoke(key.id(), CLIENT).orElseThrow().revokedAt())
        .isEqualTo(fixture.clock.instant());
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(apiKeys.revoke(key.id(), CLIENT).orElseThrow().revokedAt())
        .isEqualTo(fixture.clock.instant().minusSeconds(1));
    assertThat(apiKeys.revoke(TestUsers.nextKey(), CLIENT)).isEmpty();

    assertThat(fixture.stores.auditLog().events())
        .extracting(AuditEvent::kind)
        .containsExactly(Kind.KEY_ISSUED, Kind.KEY_REVOKED);
    assertThat(issued.toString() + fixture.stores.auditLog().events())
        .doesNotContain(issued.secret());
  }

  @Test
  void rejects_api_keys_that_are_expired_or_without_scope() {
    Instant now = fixture.clock.instant();

    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> apiKeys.issue("shop", Set.of(Scope.ADMIN), now, CLIENT));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> apiKeys.issue("shop", Set.of(), null, CLIENT));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> apiKeys.issue("", Set.of(Scope.ADMIN), null, CLIENT));
    assertThat(apiKeys.list(null, 10).items()).isEmpty();
  }

  @Test
  void reads_audit_events_newest_first() {
    create("a@example.com", PASSWORD);
    create("b@example.com", PASSWORD);

    List<StoredAuditEvent> events =
        fixture.useCases.identity().readAuditLog().as(ADMIN).list(null, 1).items();

    assertThat(events).extracting(StoredAuditEvent::event).containsExactly(fixture.lastEvent());
    assertThat(
            fixture
                .useCases
                .identity()
                .readAuditLog()
                .as(ADMIN)
                .list(events.getFirst().number(), 10)
                .items())
        .hasSize(1);
  }

  @Test
  void page_limits_are_validated() {
    assertThatIllegalArgumentException().isThrownBy(() -> users.list(null, null, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> users.list(null, null, 201));
    assertThatIllegalArgumentException().isThrownBy(() -> apiKeys.list(null, 201));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fixture.useCases.identity().readAuditLog().as(ADMIN).list(null, 201));
  }

  @Test
  void first_admin_with_generated_password_must_change_it() {
    Password generated =
        fixture.operatorUseCases.createFirstAdmin().create(ADMIN_EMAIL).orElseThrow();
    assertThat(fixture.operatorUseCases.createFirstAdmin().create(ADMIN_EMAIL)).isEmpty();
    assertThat(fixture.signIn(ADMIN_EMAIL.value(), generated.text()))
        .isInstanceOfSatisfying(
            SignIn.Outcome.SignedIn.class,
            signedIn ->
                assertThat(signedIn.passwordExpiresAt())
                    .isEqualTo(fixture.clock.instant().plus(Duration.ofHours(24))));

    ApplicationFixture other = new ApplicationFixture();
    other.operatorUseCases.createFirstAdmin().create(ADMIN_EMAIL, password(PASSWORD));
    assertThat(other.signedIn(ADMIN_EMAIL.value()).passwordExpiresAt()).isNull();
  }

  @Test
  void creates_the_first_admin_once() {
    assertThat(createFirstAdmin(PASSWORD)).isTrue();
    assertThat(createFirstAdmin("password")).isFalse();

    assertThat(fixture.signedIn("boss@example.com").user().role()).isEqualTo(Role.ADMIN);
    assertThat(fixture.storeSet.identity().users().list(null, null, 10)).hasSize(1);
  }

  @Test
  void one_of_concurrent_nodes_creates_the_first_admin() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> calls =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(i -> () -> createFirstAdmin(PASSWORD))
              .toList();

      assertThat(executor.invokeAll(calls).stream().map(Future::resultNow)).containsOnlyOnce(true);
    }
  }

  @Test
  void rejects_first_admin_with_common_password_or_registered_email() {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> createFirstAdmin("Password1"))
        .withMessageNotContaining("Password1");
    fixture.user("boss@example.com", Role.CUSTOMER);

    assertThatIllegalStateException().isThrownBy(() -> createFirstAdmin(PASSWORD));

    assertThat(fixture.storeSet.identity().users().hasAdmin()).isFalse();
  }

  @Test
  void purges_ended_sessions_and_expired_attempts() {
    fixture.user("ann@example.com", Role.CUSTOMER);
    fixture.signedIn("ann@example.com");
    fixture.failSignIn(1, "ann@example.com");
    fixture.clock.advance(Duration.ofMinutes(20));
    fixture.signedIn("ann@example.com");
    fixture.failSignIn(1, "bob@example.com");
    var purgeExpired = fixture.operatorUseCases.purgeExpired();

    fixture.clock.advance(Duration.ofMinutes(11));

    // Only the first session: the address has a later failed attempt, and the sign-in cleared the
    // account.
    assertThat(purgeExpired.purgeExpired()).isEqualTo(1);
    assertThat(purgeExpired.purgeExpired()).isZero();
    fixture.clock.advance(Duration.ofMinutes(20));
    assertThat(purgeExpired.purgeExpired()).isEqualTo(3);
  }

  private boolean createFirstAdmin(String text) {
    return fixture.operatorUseCases.createFirstAdmin().create(ADMIN_EMAIL, password(text));
  }

  private Outcome create(String email, String text) {
    return users.create(new EmailAddress(email), password(text), "Op", Role.OPERATOR, CLIENT);
  }

  private static String event(AuditEvent event) {
    return event.kind() + " " + event.actor() + " " + event.subject() + " " + event.detail();
  }
}
