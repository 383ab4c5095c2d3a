package kassa.application;

import static kassa.application.House.HOME;
import static kassa.application.House.PASSWORD;
import static kassa.application.House.password;
import static kassa.contract.SampleCallers.ADMIN;
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
import kassa.application.port.in.ManageKeys;
import kassa.application.port.in.ManageSessions;
import kassa.application.port.in.ManageUsers;
import kassa.application.port.in.ManageUsers.Outcome;
import kassa.application.port.in.ManageUsers.Replacement;
import kassa.application.port.in.SignIn;
import kassa.contract.SamplePeople;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.KeptEvent;
import kassa.domain.identity.Password;
import kassa.domain.identity.Permission;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users, keys, what happened to them, and what whoever runs Kassa does. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AdministeringTest {

  private static final EmailAddress BOSS = new EmailAddress("boss@example.com");

  private final House house = new House();
  private final ManageUsers users = house.useCases.manageUsers().by(ADMIN);
  private final ManageKeys keys = house.useCases.manageKeys().by(ADMIN);

  @Test
  void makes_a_user_who_can_sign_in() {
    Outcome outcome = create("op@example.com", PASSWORD);

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    User user = ((Outcome.Done) outcome).user();
    assertThat(user.role()).isEqualTo(Role.OPERATOR);
    assertThat(users.find(user.id())).contains(user);
    assertThat(users.list(null, 10)).containsExactly(user);
    assertThat(event(house.lastEvent()))
        .isEqualTo("USER_CREATED " + ADMIN.name() + " " + user.id() + " role OPERATOR");
    assertThat(house.signedIn("op@example.com").user()).isEqualTo(user);
  }

  @Test
  void makes_no_user_of_an_address_that_is_taken_or_with_a_password_that_is_too_common() {
    create("op@example.com", PASSWORD);

    assertThat(create("OP@example.com", PASSWORD)).isEqualTo(new Outcome.Taken());
    assertThat(create("x@example.com", "12345678")).isEqualTo(new Outcome.TooCommon());
    house.passwords.crowd(true);
    assertThat(create("x@example.com", PASSWORD)).isEqualTo(new Outcome.Busy());
    assertThat(users.list(null, 10)).hasSize(1);
  }

  @Test
  void changes_a_user_and_writes_down_what() {
    User ann = house.user("ann@example.com", Role.CUSTOMER);
    house.user("boss@example.com", Role.ADMIN);
    SignIn.Outcome.SignedIn session = house.signedIn("ann@example.com");

    assertThat(users.change(ann.id(), Role.ADMIN, null, HOME))
        .isEqualTo(new Outcome.Done(SamplePeople.changed(ann, Role.ADMIN, false)));
    assertThat(house.lastEvent().detail()).isEqualTo("role CUSTOMER to ADMIN");
    assertThat(house.caller(session.token()).name()).isEqualTo(ann.id().toString());

    assertThat(users.change(ann.id(), Role.OPERATOR, true, HOME)).isInstanceOf(Outcome.Done.class);
    assertThat(house.lastEvent().detail()).isEqualTo("role ADMIN to OPERATOR, disabled");
    assertThat(house.useCases.authenticate().by(session.token())).isEmpty();

    users.change(ann.id(), null, false, HOME);
    assertThat(house.lastEvent().detail()).isEqualTo("enabled");
    assertThat(users.find(ann.id()).orElseThrow().version()).isEqualTo(4);
  }

  @Test
  void a_change_that_changes_nothing_is_done_and_not_written_down() {
    User ann = house.user("ann@example.com", Role.CUSTOMER);

    assertThat(users.change(ann.id(), Role.CUSTOMER, false, HOME)).isEqualTo(new Outcome.Done(ann));
    assertThat(users.change(ann.id(), null, null, HOME)).isEqualTo(new Outcome.Done(ann));
    assertThat(users.change(SamplePeople.nextUser(), null, true, HOME))
        .isEqualTo(new Outcome.Absent());
    assertThat(house.stores.audit().events()).isEmpty();
  }

  @Test
  void the_last_admin_stays_one_whoever_asks_at_once() throws Exception {
    List<User> admins =
        IntStream.range(0, 8)
            .mapToObj(i -> house.user("a" + i + "@example.com", Role.ADMIN))
            .toList();
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      List<Callable<Outcome>> calls =
          admins.stream()
              .<Callable<Outcome>>map(admin -> () -> users.change(admin.id(), null, true, HOME))
              .toList();

      List<Outcome> outcomes = executor.invokeAll(calls).stream().map(Future::resultNow).toList();

      assertThat(outcomes).containsOnlyOnce(new Outcome.LastAdmin());
      assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(7);
    }
  }

  @Test
  void who_was_given_a_password_changes_it_within_a_day_or_does_nothing_else() {
    create("op@example.com", PASSWORD);
    Instant due = house.clock.instant().plus(Duration.ofHours(24));
    assertThat(house.signedIn("op@example.com").passwordDue()).isEqualTo(due);

    house.clock.advance(Duration.ofHours(24).minusNanos(1_000));
    SignIn.Outcome.SignedIn session = house.signedIn("op@example.com");
    Caller inTime = house.caller(session.token());
    assertThat(inTime.may(Permission.SEE_ALL_ORDERS)).isTrue();
    house.clock.advance(Duration.ofNanos(1_000));
    Caller late = house.caller(session.token());
    assertThat(late.may(Permission.SEE_ALL_ORDERS)).isFalse();
    assertThat(late.may(Permission.OWN_SESSIONS)).isTrue();
    assertThat(house.signedIn("op@example.com").passwordDue()).isEqualTo(due);

    var changed =
        (ManageSessions.Outcome.Changed)
            house
                .useCases
                .manageSessions()
                .by(late)
                .changePassword(PASSWORD, password("a better password"), HOME);
    assertThat(house.caller(changed.token()).may(Permission.SEE_ALL_ORDERS)).isTrue();
    assertThat(house.signIn("op@example.com", "a better password"))
        .isInstanceOfSatisfying(
            SignIn.Outcome.SignedIn.class, again -> assertThat(again.passwordDue()).isNull());
  }

  @Test
  void a_password_that_is_due_is_not_made_ones_own_by_saying_it_again() {
    create("op@example.com", PASSWORD);
    SignIn.Outcome.SignedIn session = house.signedIn("op@example.com");
    ManageSessions own = house.useCases.manageSessions().by(house.caller(session.token()));

    assertThat(own.changePassword(PASSWORD, password(PASSWORD), HOME))
        .isEqualTo(new ManageSessions.Outcome.Unchanged());

    assertThat(house.signedIn("op@example.com").passwordDue()).isEqualTo(session.passwordDue());
    assertThat(house.useCases.authenticate().by(session.token())).isPresent();
  }

  @Test
  void replaces_a_password_that_nobody_knows_by_one_that_is_due_in_a_day() {
    User ann = house.user("ann@example.com", Role.CUSTOMER);
    SignIn.Outcome.SignedIn session = house.signedIn("ann@example.com");
    Caller admin = ADMIN.from("192.0.2.7");

    Replacement outcome = house.useCases.manageUsers().by(admin).replacePassword(ann.id());

    assertThat(outcome).isInstanceOf(Replacement.Replaced.class);
    Replacement.Replaced replaced = (Replacement.Replaced) outcome;
    assertThat(replaced.user()).isEqualTo(ann);
    assertThat(replaced.due()).isEqualTo(house.clock.instant().plus(Duration.ofHours(24)));
    assertThat(house.useCases.authenticate().by(session.token())).isEmpty();
    assertThat(event(house.lastEvent()))
        .isEqualTo("PASSWORD_REPLACED " + ADMIN.name() + " " + ann.id() + " null");
    assertThat(house.lastEvent().address()).isEqualTo("192.0.2.7");
    assertThat(house.signIn("ann@example.com", PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(house.signIn("ann@example.com", replaced.password().text()))
        .isInstanceOfSatisfying(
            SignIn.Outcome.SignedIn.class,
            again -> assertThat(again.passwordDue()).isEqualTo(replaced.due()));
    assertThat(outcome.toString() + house.stores.audit().events())
        .doesNotContain(replaced.password().text());
  }

  @Test
  void replaces_no_password_of_nobody_and_none_while_it_is_busy() {
    User ann = house.user("ann@example.com", Role.CUSTOMER);

    assertThat(users.replacePassword(SamplePeople.nextUser())).isEqualTo(new Replacement.Absent());
    house.passwords.crowd(true);
    assertThat(users.replacePassword(ann.id())).isEqualTo(new Replacement.Busy());
    house.passwords.crowd(false);

    assertThat(house.signedIn("ann@example.com").user()).isEqualTo(ann);
  }

  @Test
  void ends_all_sessions_of_a_user() {
    User ann = house.user("ann@example.com", Role.CUSTOMER);
    house.signedIn("ann@example.com");
    house.signedIn("ann@example.com");

    assertThat(users.endSessions(ann.id(), HOME)).contains(2);
    assertThat(users.endSessions(ann.id(), HOME)).contains(0);
    assertThat(users.endSessions(SamplePeople.nextUser(), HOME)).isEmpty();
  }

  @Test
  void ends_the_sessions_of_all_users_but_the_one_that_asks() {
    house.user("ann@example.com", Role.CUSTOMER);
    house.user("boss@example.com", Role.ADMIN);
    SignIn.Outcome.SignedIn anns = house.signedIn("ann@example.com");
    SignIn.Outcome.SignedIn other = house.signedIn("boss@example.com");
    SignIn.Outcome.SignedIn own = house.signedIn("boss@example.com");
    ManageUsers boss = house.useCases.manageUsers().by(house.caller(own.token()).from("192.0.2.7"));

    assertThat(boss.endEverybodysSessions()).isEqualTo(2);

    assertThat(house.caller(own.token()).may(Permission.ADMINISTER)).isTrue();
    assertThat(house.useCases.authenticate().by(anns.token())).isEmpty();
    assertThat(house.useCases.authenticate().by(other.token())).isEmpty();
    assertThat(event(house.lastEvent()))
        .isEqualTo("SESSION_ENDED " + own.user().id() + " null of everybody: 2");
    assertThat(house.lastEvent().address()).isEqualTo("192.0.2.7");
    assertThat(users.endEverybodysSessions()).isEqualTo(1);
    assertThat(house.useCases.authenticate().by(own.token())).isEmpty();
  }

  @Test
  void issues_keys_and_revokes_each_once() {
    ManageKeys.Issued issued =
        keys.issue("shop", Set.of(Scope.PRICES_SET, Scope.ORDERS_WRITE), null, HOME);
    ApiKey key = issued.key();
    assertThat(key.createdBy()).isEqualTo(ADMIN.name());
    assertThat(keys.list(null, 10)).containsExactly(key);
    assertThat(event(house.lastEvent()))
        .isEqualTo("KEY_ISSUED " + ADMIN.name() + " " + key.id() + " orders:write prices:set");

    assertThat(keys.revoke(key.id(), HOME).orElseThrow().revokedAt())
        .isEqualTo(house.clock.instant());
    house.clock.advance(Duration.ofSeconds(1));
    assertThat(keys.revoke(key.id(), HOME).orElseThrow().revokedAt())
        .isEqualTo(house.clock.instant().minusSeconds(1));
    assertThat(keys.revoke(SamplePeople.nextKey(), HOME)).isEmpty();

    assertThat(house.stores.audit().events())
        .extracting(AuditEvent::kind)
        .containsExactly(Kind.KEY_ISSUED, Kind.KEY_REVOKED);
    assertThat(issued.toString() + house.stores.audit().events()).doesNotContain(issued.secret());
  }

  @Test
  void issues_no_key_that_has_expired_or_is_good_for_nothing() {
    Instant now = house.clock.instant();

    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> keys.issue("shop", Set.of(Scope.ADMIN), now, HOME));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> keys.issue("shop", Set.of(), null, HOME));
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> keys.issue("", Set.of(Scope.ADMIN), null, HOME));
    assertThat(keys.list(null, 10)).isEmpty();
  }

  @Test
  void reads_what_happened_newest_first() {
    create("a@example.com", PASSWORD);
    create("b@example.com", PASSWORD);

    List<KeptEvent> events = house.useCases.readAudit().by(ADMIN).list(null, 1);

    assertThat(events).extracting(KeptEvent::event).containsExactly(house.lastEvent());
    assertThat(house.useCases.readAudit().by(ADMIN).list(events.getFirst().number(), 10))
        .hasSize(1);
  }

  @Test
  void pages_have_a_limit() {
    assertThatIllegalArgumentException().isThrownBy(() -> users.list(null, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> users.list(null, 201));
    assertThatIllegalArgumentException().isThrownBy(() -> keys.list(null, 201));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> house.useCases.readAudit().by(ADMIN).list(null, 201));
  }

  @Test
  void the_first_admin_keeps_a_password_of_their_own_and_no_other() {
    Password madeUp =
        UseCases.firstAdmin(house.all, house.surroundings, house.secrets, BOSS).orElseThrow();
    assertThat(UseCases.firstAdmin(house.all, house.surroundings, house.secrets, BOSS)).isEmpty();
    assertThat(house.signIn(BOSS.value(), madeUp.text()))
        .isInstanceOfSatisfying(
            SignIn.Outcome.SignedIn.class,
            made ->
                assertThat(made.passwordDue())
                    .isEqualTo(house.clock.instant().plus(Duration.ofHours(24))));

    House other = new House();
    UseCases.firstAdmin(other.all, other.surroundings, other.secrets, BOSS, password(PASSWORD));
    assertThat(other.signedIn(BOSS.value()).passwordDue()).isNull();
  }

  @Test
  void makes_the_first_admin_once() {
    assertThat(firstAdmin(PASSWORD)).isTrue();
    assertThat(firstAdmin("password")).isFalse();

    assertThat(house.signedIn("boss@example.com").user().role()).isEqualTo(Role.ADMIN);
    assertThat(house.all.users().list(null, 10)).hasSize(1);
  }

  @Test
  void of_nodes_that_make_the_first_admin_at_once_one_does() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> calls =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(i -> () -> firstAdmin(PASSWORD))
              .toList();

      assertThat(executor.invokeAll(calls).stream().map(Future::resultNow)).containsOnlyOnce(true);
    }
  }

  @Test
  void makes_no_first_admin_of_a_common_password_or_of_somebody_who_registered() {
    assertThatExceptionOfType(InvalidValueException.class)
        .isThrownBy(() -> firstAdmin("Password1"))
        .withMessageNotContaining("Password1");
    house.user("boss@example.com", Role.CUSTOMER);

    assertThatIllegalStateException().isThrownBy(() -> firstAdmin(PASSWORD));

    assertThat(house.all.users().hasAdmin()).isFalse();
  }

  @Test
  void forgets_sessions_that_have_ended_and_attempts_that_do_not_count() {
    house.user("ann@example.com", Role.CUSTOMER);
    house.signedIn("ann@example.com");
    house.tryInVain(1, "ann@example.com");
    house.clock.advance(Duration.ofMinutes(20));
    house.signedIn("ann@example.com");
    house.tryInVain(1, "bob@example.com");
    var forgetOld = UseCases.forgetOld(house.all, house.surroundings, House.LIMITS);

    house.clock.advance(Duration.ofMinutes(11));

    // The first session: the address has tried again meanwhile, and the account was forgotten.
    assertThat(forgetOld.forgetOld()).isEqualTo(1);
    assertThat(forgetOld.forgetOld()).isZero();
    house.clock.advance(Duration.ofMinutes(20));
    assertThat(forgetOld.forgetOld()).isEqualTo(3);
  }

  private boolean firstAdmin(String text) {
    return UseCases.firstAdmin(house.all, house.surroundings, house.secrets, BOSS, password(text));
  }

  private Outcome create(String email, String text) {
    return users.create(new EmailAddress(email), password(text), "Op", Role.OPERATOR, HOME);
  }

  private static String event(AuditEvent event) {
    return event.kind() + " " + event.actor() + " " + event.subject() + " " + event.detail();
  }
}
