package kassa.application;

import static kassa.application.House.HOME;
import static kassa.application.House.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kassa.application.port.in.Origin;
import kassa.application.port.in.SignIn.Outcome;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.SamplePeople;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SigningInTest {

  private static final String ANN = "ann@example.com";
  private static final Outcome REFUSED = new Outcome.Refused();

  private final House house = new House();
  private User ann = SamplePeople.user(ANN, Role.CUSTOMER);

  @BeforeEach
  void register() {
    ann = house.user(ANN, Role.CUSTOMER);
  }

  @Test
  void begins_a_session_that_its_token_shows() {
    Outcome.SignedIn first = house.signedIn("ANN@example.com");
    Outcome.SignedIn second = house.signedIn(ANN);

    assertThat(first.user()).isEqualTo(ann);
    assertThat(first.session().device()).isEqualTo("A browser");
    assertThat(first.session().address()).isEqualTo("192.0.2.1");
    assertThat(first.token()).isNotEqualTo(second.token());
    assertThat(house.caller(first.token()))
        .isEqualTo(new Caller.SignedIn(ann.id(), Role.CUSTOMER, first.session().id()));
    assertThat(house.lastEvent().kind()).isEqualTo(Kind.SIGNED_IN);
    assertThat(house.lastEvent().subject()).isEqualTo(second.session().id().toString());
  }

  @Test
  void refuses_a_wrong_password_an_unknown_address_and_who_is_disabled_alike() {
    User bob = house.user("bob@example.com", Role.CUSTOMER);
    house.all.users().change(SamplePeople.changed(bob, Role.CUSTOMER, true));

    assertThat(house.signIn(ANN, "wrong")).isEqualTo(REFUSED);
    assertThat(house.signIn(ANN, "")).isEqualTo(REFUSED);
    assertThat(house.signIn("nobody@example.com", PASSWORD)).isEqualTo(REFUSED);
    assertThat(house.signIn("bob@example.com", PASSWORD)).isEqualTo(REFUSED);
    assertThat(house.stores.audit().events())
        .extracting(AuditEvent::kind)
        .hasSize(4)
        .containsOnly(Kind.SIGN_IN_REFUSED);
  }

  @ParameterizedTest
  @CsvSource({
    "ann@example.com, wrong",
    "nobody@example.com, wrong",
    "ann@example.com, correct horse"
  })
  void looks_at_one_password_whoever_it_is(String email, String password) {
    house.signIn("first@example.com", "makes what others are compared with");
    int before = house.passwords.hashed();

    house.signIn(email, password);

    assertThat(house.passwords.hashed() - before).isEqualTo(1);
  }

  @Test
  void the_first_of_all_costs_the_same_for_everybody() {
    int before = house.passwords.hashed();
    house.signIn(ANN, "wrong");
    int known = house.passwords.hashed() - before;

    House other = new House();
    other.signIn("nobody@example.com", "wrong");

    assertThat(other.passwords.hashed()).isEqualTo(known);
  }

  @Test
  void five_wrong_passwords_are_free_and_each_further_one_waits_twice_as_long() {
    house.tryInVain(5, ANN);
    for (long seconds : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300)) {
      assertThat(house.signIn(ANN, PASSWORD)).isEqualTo(throttled(Duration.ofSeconds(seconds)));
      house.clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(house.signIn(ANN, PASSWORD)).isEqualTo(throttled(Duration.ofMillis(1)));
      house.clock.advance(Duration.ofMillis(1));
      house.tryInVain(1, ANN);
    }
  }

  @Test
  void nobody_is_locked_out() {
    house.tryInVain(5, ANN);
    for (int i = 0; i < 20; i++) {
      house.clock.advance(Duration.ofMinutes(5));
      house.tryInVain(1, ANN);
    }
    house.clock.advance(Duration.ofMinutes(5));

    assertThat(house.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void a_throttled_try_is_not_looked_at_and_not_counted() {
    house.tryInVain(5, ANN);
    int hashed = house.passwords.hashed();

    for (int i = 0; i < 50; i++) {
      assertThat(house.signIn(ANN, PASSWORD)).isEqualTo(throttled(Duration.ofSeconds(1)));
    }

    assertThat(house.passwords.hashed()).isEqualTo(hashed);
    house.clock.advance(Duration.ofSeconds(1));
    assertThat(house.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void throttles_an_address_that_nobody_has_like_any_other() {
    house.tryInVain(5, "nobody@example.com");

    assertThat(house.signIn("nobody@example.com", "x")).isEqualTo(throttled(Duration.ofSeconds(1)));
    assertThat(house.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void wrong_passwords_are_forgotten_after_a_quarter_of_an_hour_and_by_the_right_one() {
    house.tryInVain(4, ANN);
    house.signedIn(ANN);
    house.tryInVain(5, ANN);
    house.clock.advance(Duration.ofMinutes(15).plusMillis(1));

    house.tryInVain(5, ANN);

    assertThat(house.signIn(ANN, PASSWORD)).isEqualTo(throttled(Duration.ofSeconds(1)));
  }

  @Test
  void who_tries_many_accounts_from_one_network_waits_as_well() {
    for (int i = 0; i < 20; i++) {
      assertThat(from("2001:db8::" + i, "user-" + i + "@example.com")).isEqualTo(REFUSED);
    }

    assertThat(from("2001:db8:0:0:ffff::1", ANN)).isEqualTo(throttled(Duration.ofSeconds(1)));
    assertThat(from("2001:db8:0:1::1", ANN)).isInstanceOf(Outcome.SignedIn.class);
    house.clock.advance(Duration.ofSeconds(1));
    assertThat(from("2001:db8::1", ANN)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void a_guess_is_not_told_when_enough_were_wrong_while_it_was_looked_at() {
    house.passwords.meanwhile(() -> house.tryInVain(5, ANN));

    assertThat(house.signIn(ANN, PASSWORD)).isEqualTo(throttled(Duration.ofSeconds(1)));
  }

  @Test
  void a_password_that_is_changed_while_it_is_looked_at_lets_nobody_in() {
    house.passwords.meanwhile(() ->
        house.all.users().replaceHash(ann.id(), hash(), house.passwords.hash("another password")));

    assertThat(house.signIn(ANN, PASSWORD)).isEqualTo(REFUSED);

    assertThat(house.all.sessions().list(ann.id(), Instant.EPOCH, Instant.EPOCH)).isEmpty();
    assertThat(house.signIn(ANN, "another password")).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void who_is_disabled_while_their_password_is_looked_at_is_not_let_in() {
    house.passwords.meanwhile(
        () -> house.all.users().change(SamplePeople.changed(ann, Role.CUSTOMER, true)));

    assertThat(house.signIn(ANN, PASSWORD)).isEqualTo(REFUSED);
  }

  @Test
  void a_flood_of_throttled_tries_is_written_down_once() {
    house.tryInVain(5, ANN);
    for (int i = 0; i < 100; i++) {
      house.signIn(ANN, PASSWORD);
    }

    assertThat(house.stores.audit().events())
        .filteredOn(event -> event.kind() == Kind.THROTTLED)
        .hasSize(1);
  }

  @Test
  void raises_a_hash_of_weaker_settings_with_the_right_password_alone() {
    house.passwords.strengthen();
    house.signIn(ANN, "wrong");
    assertThat(house.passwords.isOutdated(hash())).isTrue();

    house.signedIn(ANN);

    assertThat(house.passwords.isOutdated(hash())).isFalse();
    house.signedIn(ANN);
  }

  @Test
  void is_busy_where_too_many_passwords_are_looked_at_and_counts_nothing() {
    house.passwords.crowd(true);
    for (int i = 0; i < 10; i++) {
      assertThat(house.signIn(ANN, PASSWORD)).isEqualTo(new Outcome.Busy());
    }
    house.passwords.crowd(false);

    assertThat(house.signIn(ANN, PASSWORD)).isInstanceOf(Outcome.SignedIn.class);
  }

  @Test
  void signing_out_ends_the_session_once_and_is_nothing_to_others() {
    String token = house.signedIn(ANN).token();
    Caller caller = house.caller(token);

    house.useCases.signIn().signOut(caller, HOME);

    assertThat(house.useCases.authenticate().by(token)).isEmpty();
    assertThat(house.lastEvent().kind()).isEqualTo(Kind.SESSION_ENDED);
    int events = house.stores.audit().events().size();
    house.useCases.signIn().signOut(caller, HOME);
    house.useCases.signIn().signOut(new Caller.Nobody(), HOME);
    assertThat(house.stores.audit().events()).hasSize(events);
  }

  @Test
  void tells_no_secret() {
    Outcome.SignedIn signedIn = house.signedIn(ANN);
    house.signIn(ANN, "a wrong secret");

    assertThat(signedIn.toString()).doesNotContain(signedIn.token());
    assertThat(house.all.users().find(ann.id()).toString()).doesNotContain(hash());
    assertThat(house.stores.audit().events().toString())
        .doesNotContain(signedIn.token(), PASSWORD, "a wrong secret", hash());
  }

  @Test
  void an_outage_lets_nobody_in_and_refuses_nobody() {
    house.stores.takeAway();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> house.signIn(ANN, PASSWORD));
  }

  private Outcome from(String address, String email) {
    return house
        .useCases
        .signIn()
        .signIn(new EmailAddress(email), PASSWORD, new Origin(address, null));
  }

  private String hash() {
    return house.all.users().find(ann.id()).orElseThrow().passwordHash();
  }

  private static Outcome throttled(Duration wait) {
    return new Outcome.Throttled(wait);
  }
}
