package kassa.application;

import static kassa.application.ApplicationFixture.CLIENT;
import static kassa.application.ApplicationFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.ManageSessions;
import kassa.application.port.in.identity.SignIn.Outcome;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.fixture.TestUsers;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignInUseCaseTest {

  private static final String ANN = "ann@example.com";
  private static final String OWN_ADDRESS = "192.0.2.1";
  private static final String STRANGER = "203.0.113.9";
  private static final Outcome INVALID_CREDENTIALS = new Outcome.InvalidCredentials();

  private final ApplicationFixture fixture = new ApplicationFixture();
  private User ann = TestUsers.user(ANN, Role.CUSTOMER);

  @BeforeEach
  void register() {
    ann = fixture.user(ANN, Role.CUSTOMER);
  }

  @Test
  void sign_in_creates_a_session_for_its_token() {
    Outcome.SignedIn first = fixture.signedIn("ANN@example.com");
    Outcome.SignedIn second = fixture.signedIn(ANN);

    assertThat(first.user()).isEqualTo(ann);
    assertThat(first.session().device()).isEqualTo("A browser");
    assertThat(first.session().address()).isEqualTo("192.0.2.1");
    assertThat(first.token()).isNotEqualTo(second.token());
    assertThat(fixture.caller(first.token()))
        .isEqualTo(new Caller.SignedIn(ann.id(), Role.CUSTOMER, first.session().id()));
    assertThat(fixture.lastEvent().kind()).isEqualTo(Kind.SIGNED_IN);
    assertThat(fixture.lastEvent().subject()).isEqualTo(second.session().id().toString());
  }

  @Test
  void sign_ins_with_the_right_password_are_rate_limited() {
    int before = fixture.passwords.hashCount();
    Outcome last = fixture.signIn(ANN, PASSWORD);
    for (int i = 0; i < 200; i++) {
      last = fixture.signIn(ANN, PASSWORD);
    }

    assertThat(last).isInstanceOf(Outcome.TooManyAttempts.class);
    assertThat(fixture.passwords.hashCount() - before).isLessThan(30);
    fixture.clock.advance(Duration.ofMinutes(1));
    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void same_rejection_for_wrong_password_unknown_email_disabled_user() {
    User bob = fixture.user("bob@example.com", Role.CUSTOMER);
    fixture
        .storeSet
        .identity()
        .users()
        .update(TestUsers.updated(bob, Role.CUSTOMER, true), Instant.EPOCH);

    assertThat(fixture.signIn(ANN, "wrong")).isEqualTo(INVALID_CREDENTIALS);
    assertThat(fixture.signIn(ANN, "")).isEqualTo(INVALID_CREDENTIALS);
    assertThat(fixture.signIn("unknown@example.com", PASSWORD)).isEqualTo(INVALID_CREDENTIALS);
    assertThat(fixture.signIn("bob@example.com", PASSWORD)).isEqualTo(INVALID_CREDENTIALS);
    assertThat(fixture.stores.auditLog().events())
        .extracting(AuditEvent::kind)
        .hasSize(4)
        .containsOnly(Kind.SIGN_IN_REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "ann@example.com, wrong",
    "unknown@example.com, wrong",
    "ann@example.com, correct horse"
  })
  void hashes_one_password_for_known_and_unknown_users(String email, String password) {
    fixture.signIn("first@example.com", "creates the dummy hash");
    int before = fixture.passwords.hashCount();

    fixture.signIn(email, password);

    assertThat(fixture.passwords.hashCount() - before).isEqualTo(1);
  }

  @Test
  void first_sign_in_takes_the_same_time_for_unknown_users() {
    int before = fixture.passwords.hashCount();
    fixture.signIn(ANN, "wrong");
    int known = fixture.passwords.hashCount() - before;

    ApplicationFixture other = new ApplicationFixture();
    other.signIn("unknown@example.com", "wrong");

    assertThat(other.passwords.hashCount()).isEqualTo(known);
  }

  @Test
  void backoff_doubles_after_five_wrong_passwords() {
    fixture.failSignIn(5, ANN);
    for (long seconds : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300)) {
      assertThat(fixture.signIn(ANN, PASSWORD))
          .isEqualTo(tooManyAttempts(Duration.ofSeconds(seconds)));
      fixture.clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(fixture.signIn(ANN, PASSWORD)).isEqualTo(tooManyAttempts(Duration.ofMillis(1)));
      fixture.clock.advance(Duration.ofMillis(1));
      fixture.failSignIn(1, ANN);
    }
  }

  @Test
  void backoff_is_bounded_and_ends_by_itself() {
    fixture.failSignIn(5, ANN);
    for (int i = 0; i < 20; i++) {
      fixture.clock.advance(Duration.ofMinutes(5));
      fixture.failSignIn(1, ANN);
    }
    fixture.clock.advance(Duration.ofMinutes(5));

    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void throttled_attempt_is_neither_verified_nor_counted() {
    fixture.failSignIn(5, ANN);
    int hashed = fixture.passwords.hashCount();

    for (int i = 0; i < 50; i++) {
      assertThat(fixture.signIn(ANN, PASSWORD)).isEqualTo(tooManyAttempts(Duration.ofSeconds(1)));
    }

    assertThat(fixture.passwords.hashCount()).isEqualTo(hashed);
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void throttles_unknown_emails_too() {
    fixture.failSignIn(5, "unknown@example.com");

    assertThat(fixture.signIn("unknown@example.com", "x"))
        .isEqualTo(tooManyAttempts(Duration.ofSeconds(1)));
    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void failed_attempts_expire_after_15_minutes_or_successful_sign_in() {
    fixture.failSignIn(4, ANN);
    fixture.signedIn(ANN);
    fixture.failSignIn(5, ANN);
    fixture.clock.advance(Duration.ofMinutes(15).plusMillis(1));

    fixture.failSignIn(5, ANN);

    assertThat(fixture.signIn(ANN, PASSWORD)).isEqualTo(tooManyAttempts(Duration.ofSeconds(1)));
  }

  @Test
  void throttles_many_accounts_from_one_network() {
    for (int i = 0; i < 20; i++) {
      assertThat(signInFrom("2001:db8::" + i, "user-" + i + "@example.com"))
          .isEqualTo(INVALID_CREDENTIALS);
    }

    assertThat(signInFrom("2001:db8:0:0:ffff::1", ANN))
        .isEqualTo(tooManyAttempts(Duration.ofSeconds(1)));
    assertThat(signInFrom("2001:db8:0:1::1", ANN)).isInstanceOf(Outcome.SignedIn.class);
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(signInFrom("2001:db8::1", ANN)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void failures_of_strangers_do_not_delay_a_network_that_signed_in_before() {
    fixture.signedIn(ANN);

    guess(STRANGER, 400);

    assertThat(signInFrom(STRANGER, ANN)).isInstanceOf(Outcome.TooManyAttempts.class);
    assertThat(signInFrom("198.51.100.7", ANN)).isInstanceOf(Outcome.TooManyAttempts.class);
    assertThat(signInFrom(OWN_ADDRESS, ANN)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void failures_of_strangers_do_not_delay_the_password_change_in_a_known_network() {
    Caller caller = fixture.caller(fixture.signedIn(ANN).token());
    guess(STRANGER, 20);

    assertThat(
            fixture
                .useCases
                .identity()
                .manageSessions()
                .as(caller)
                .changePassword(PASSWORD, new Password("a new pass phrase"), CLIENT))
        .isInstanceOf(ManageSessions.Outcome.Changed.class);
  }

  @Test
  void guesses_are_bounded_in_a_known_network_too() {
    fixture.signedIn(ANN);

    int guesses = guess(OWN_ADDRESS, 24 * 60);

    // 5 free ones, 9 while the wait doubles, and one for each 5 minutes of the day.
    assertThat(guesses).isBetween(250, 310);
  }

  @Test
  void guesses_from_all_unknown_networks_together_are_bounded() {
    fixture.signedIn(ANN);
    int guesses = 0;
    for (int minute = 0; minute < 24 * 60; minute++) {
      if (signInFrom("198.51.100." + minute % 250, ANN, "wrong").equals(INVALID_CREDENTIALS)) {
        guesses++;
      }
      fixture.clock.advance(Duration.ofMinutes(1));
    }

    assertThat(guesses).isBetween(250, 310);
  }

  @Test
  void right_password_ends_the_wait_of_its_known_network_only() {
    fixture.signedIn(ANN);
    fixture.failSignIn(5, ANN);
    guess(STRANGER, 6);
    fixture.clock.advance(Duration.ofSeconds(1));
    fixture.signedIn(ANN);

    fixture.failSignIn(4, ANN);

    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
    assertThat(signInFrom(STRANGER, ANN)).isInstanceOf(Outcome.TooManyAttempts.class);
  }

  @Test
  void network_is_known_for_90_days_after_the_last_sign_in() {
    fixture.signedIn(ANN);
    fixture.clock.advance(Duration.ofDays(80));
    fixture.signedIn(ANN);
    fixture.clock.advance(Duration.ofDays(80));
    fixture.operatorUseCases.purgeExpired().purgeExpired();
    guess(STRANGER, 20);
    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);

    fixture.clock.advance(Duration.ofDays(90));
    guess(STRANGER, 20);

    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.TooManyAttempts.class);
  }

  @Test
  void network_is_known_to_the_account_only_that_signed_in() {
    fixture.user("bob@example.com", Role.CUSTOMER);
    fixture.signedIn("bob@example.com");
    guess(STRANGER, 20);

    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.TooManyAttempts.class);
  }

  @Test
  void concurrent_guess_is_throttled_after_verification() {
    fixture.passwords.runDuringNextMatch(() -> fixture.failSignIn(5, ANN));

    assertThat(fixture.signIn(ANN, PASSWORD)).isEqualTo(tooManyAttempts(Duration.ofSeconds(1)));
  }

  @Test
  void password_changed_during_verification_rejects_sign_in() {
    fixture.passwords.runDuringNextMatch(() ->
        fixture
            .storeSet
            .identity()
            .users()
            .replaceHash(ann.id(), hash(), fixture.passwords.hash("another password")));

    assertThat(fixture.signIn(ANN, PASSWORD)).isEqualTo(INVALID_CREDENTIALS);

    assertThat(fixture.storeSet.identity().sessions().list(ann.id(), Instant.EPOCH, Instant.EPOCH))
        .isEmpty();
    assertThat(fixture.signIn(ANN, "another password")).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void user_disabled_during_verification_is_rejected() {
    fixture.passwords.runDuringNextMatch(() ->
        fixture
            .storeSet
            .identity()
            .users()
            .update(TestUsers.updated(ann, Role.CUSTOMER, true), Instant.EPOCH));

    assertThat(fixture.signIn(ANN, PASSWORD)).isEqualTo(INVALID_CREDENTIALS);
  }

  @Test
  void throttled_flood_is_audited_once() {
    fixture.failSignIn(5, ANN);
    for (int i = 0; i < 100; i++) {
      fixture.signIn(ANN, PASSWORD);
    }

    assertThat(fixture.stores.auditLog().events())
        .filteredOn(event -> event.kind() == Kind.TOO_MANY_ATTEMPTS)
        .hasSize(1);
  }

  @Test
  void rehashes_outdated_hash_on_correct_password_only() {
    fixture.passwords.strengthen();
    fixture.signIn(ANN, "wrong");
    assertThat(fixture.passwords.isOutdated(hash())).isTrue();

    fixture.signedIn(ANN);

    assertThat(fixture.passwords.isOutdated(hash())).isFalse();
    fixture.signedIn(ANN);
  }

  @Test
  void overload_rejects_and_counts_no_failed_attempt() {
    fixture.passwords.setOverloaded(true);
    for (int i = 0; i < 10; i++) {
      assertThat(fixture.signIn(ANN, PASSWORD)).isEqualTo(new Outcome.Overloaded());
    }
    fixture.passwords.setOverloaded(false);

    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void sign_out_ends_only_the_own_session_once() {
    String token = fixture.signedIn(ANN).token();
    Caller caller = fixture.caller(token);

    fixture.useCases.identity().signIn().signOut(caller, CLIENT);

    assertThat(fixture.useCases.identity().authenticate().authenticate(token)).isEmpty();
    assertThat(fixture.lastEvent().kind()).isEqualTo(Kind.SESSION_ENDED);
    int events = fixture.stores.auditLog().events().size();
    fixture.useCases.identity().signIn().signOut(caller, CLIENT);
    fixture.useCases.identity().signIn().signOut(new Caller.Anonymous(), CLIENT);
    assertThat(fixture.stores.auditLog().events()).hasSize(events);
  }

  @Test
  void outcome_and_audit_contain_no_secret() {
    Outcome.SignedIn signedIn = fixture.signedIn(ANN);
    fixture.signIn(ANN, "a wrong secret");

    assertThat(signedIn.toString()).doesNotContain(signedIn.token());
    assertThat(fixture.storeSet.identity().users().find(ann.id()).toString())
        .doesNotContain(hash());
    assertThat(fixture.stores.auditLog().events().toString())
        .doesNotContain(signedIn.token(), PASSWORD, "a wrong secret", hash());
  }

  @Test
  void store_outage_throws_instead_of_rejecting() {
    fixture.stores.makeUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> fixture.signIn(ANN, PASSWORD));
  }

  /** Tries a wrong password once a minute; returns how many times it was verified. */
  private int guess(String address, int minutes) {
    int guesses = 0;
    for (int minute = 0; minute < minutes; minute++) {
      if (signInFrom(address, ANN, "wrong").equals(INVALID_CREDENTIALS)) {
        guesses++;
      }
      if (minute < minutes - 1) {
        fixture.clock.advance(Duration.ofMinutes(1));
      }
    }
    return guesses;
  }

  private Outcome signInFrom(String address, String email) {
    return signInFrom(address, email, PASSWORD);
  }

  private Outcome signInFrom(String address, String email, String password) {
    return fixture
        .useCases
        .identity()
        .signIn()
        .signIn(new EmailAddress(email), password, new ClientInfo(address, null));
  }

  private String hash() {
    return fixture.storeSet.identity().users().find(ann.id()).orElseThrow().passwordHash();
  }

  private static Outcome tooManyAttempts(Duration wait) {
    return new Outcome.TooManyAttempts(wait);
  }
}
