package kassa.application;

import static kassa.application.House.HOME;
import static kassa.application.House.PASSWORD;
import static kassa.application.House.password;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kassa.application.port.in.ManageSessions;
import kassa.application.port.in.ManageSessions.Outcome;
import kassa.application.port.in.SignIn;
import kassa.contract.SamplePeople;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagingSessionsTest {

  private static final String ANN = "ann@example.com";
  private static final String CHANGED = "a better password";

  private final House house = new House();
  private User ann = SamplePeople.user(ANN, Role.CUSTOMER);

  @BeforeEach
  void register() {
    ann = house.user(ANN, Role.CUSTOMER);
    house.user("bob@example.com", Role.CUSTOMER);
  }

  @Test
  void tells_who_asks_and_in_which_session() {
    SignIn.Outcome.SignedIn signedIn = house.signedIn(ANN);

    assertThat(by(signedIn).self()).isEqualTo(new ManageSessions.Own(ann, signedIn.session().id()));
  }

  @Test
  void lists_ones_own_sessions_that_go_on_the_last_used_first() {
    house.signedIn("bob@example.com");
    SignIn.Outcome.SignedIn ended = house.signedIn(ANN);
    house.clock.advance(Duration.ofMinutes(29));
    SignIn.Outcome.SignedIn second = house.signedIn(ANN);
    SignIn.Outcome.SignedIn third = house.signedIn(ANN);
    house.clock.advance(Duration.ofMinutes(1));

    assertThat(by(second).list())
        .extracting(Session::id)
        .containsExactly(second.session().id(), third.session().id())
        .doesNotContain(ended.session().id());
  }

  @Test
  void ends_one_of_ones_own_sessions_and_nobody_elses() {
    SignIn.Outcome.SignedIn mine = house.signedIn(ANN);
    SignIn.Outcome.SignedIn other = house.signedIn(ANN);
    SignIn.Outcome.SignedIn bobs = house.signedIn("bob@example.com");

    assertThat(by(mine).end(bobs.session().id(), HOME)).isFalse();
    assertThat(by(mine).end(new SessionId(bobs.user().id().value()), HOME)).isFalse();
    assertThat(house.lastEvent().kind()).isEqualTo(Kind.SIGNED_IN);
    assertThat(by(mine).end(other.session().id(), HOME)).isTrue();

    assertThat(isLetIn(other.token())).isFalse();
    assertThat(isLetIn(bobs.token())).isTrue();
    assertThat(house.lastEvent().kind()).isEqualTo(Kind.SESSION_ENDED);
  }

  @Test
  void ends_all_others() {
    SignIn.Outcome.SignedIn mine = house.signedIn(ANN);
    SignIn.Outcome.SignedIn other = house.signedIn(ANN);
    SignIn.Outcome.SignedIn bobs = house.signedIn("bob@example.com");

    assertThat(by(mine).endOthers(HOME)).isEqualTo(1);
    assertThat(by(mine).endOthers(HOME)).isZero();

    assertThat(isLetIn(mine.token())).isTrue();
    assertThat(isLetIn(other.token())).isFalse();
    assertThat(isLetIn(bobs.token())).isTrue();
  }

  @Test
  void a_new_password_ends_the_other_sessions_and_gives_this_one_another_token() {
    SignIn.Outcome.SignedIn mine = house.signedIn(ANN);
    SignIn.Outcome.SignedIn other = house.signedIn(ANN);

    Outcome outcome = by(mine).changePassword(PASSWORD, password(CHANGED), HOME);

    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    String token = ((Outcome.Changed) outcome).token();
    assertThat(isLetIn(mine.token())).isFalse();
    assertThat(isLetIn(other.token())).isFalse();
    assertThat(house.caller(token).name()).isEqualTo(ann.id().toString());
    assertThat(house.lastEvent().kind()).isEqualTo(Kind.PASSWORD_CHANGED);
    assertThat(house.signIn(ANN, PASSWORD)).isEqualTo(new SignIn.Outcome.Refused());
    assertThat(house.signIn(ANN, CHANGED)).isInstanceOf(SignIn.Outcome.SignedIn.class);
    assertThat(outcome.toString()).doesNotContain(token);
    assertThat(house.stores.audit().events().toString()).doesNotContain(PASSWORD, CHANGED, token);
  }

  @Test
  void whoever_has_taken_over_a_session_guesses_the_password_no_faster() {
    ManageSessions own = by(house.signedIn(ANN));
    for (int i = 0; i < 5; i++) {
      assertThat(own.changePassword("wrong " + i, password(CHANGED), HOME))
          .isEqualTo(new Outcome.Refused());
      assertThat(house.lastEvent().kind()).isEqualTo(Kind.PASSWORD_CHANGE_REFUSED);
    }

    assertThat(own.changePassword(PASSWORD, password(CHANGED), HOME))
        .isEqualTo(new Outcome.Throttled(Duration.ofSeconds(1)));
    assertThat(house.signIn(ANN, PASSWORD))
        .isEqualTo(new SignIn.Outcome.Throttled(Duration.ofSeconds(1)));
    house.clock.advance(Duration.ofSeconds(1));
    assertThat(own.changePassword(PASSWORD, password(CHANGED), HOME))
        .isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void a_session_that_ends_meanwhile_ends_with_all_others() {
    SignIn.Outcome.SignedIn mine = house.signedIn(ANN);
    SignIn.Outcome.SignedIn other = house.signedIn(ANN);
    ManageSessions own = by(mine);
    house.passwords.meanwhile(() -> by(other).end(mine.session().id(), HOME));

    assertThat(own.changePassword(PASSWORD, password(CHANGED), HOME))
        .isInstanceOf(Outcome.Changed.class);

    assertThat(isLetIn(mine.token())).isFalse();
    assertThat(isLetIn(other.token())).isFalse();
  }

  @Test
  void of_two_who_change_a_password_at_once_one_does() {
    ManageSessions own = by(house.signedIn(ANN));
    house.passwords.meanwhile(
        () -> own.changePassword(PASSWORD, password("the quicker one"), HOME));

    assertThat(own.changePassword(PASSWORD, password(CHANGED), HOME))
        .isEqualTo(new Outcome.Refused());
    assertThat(house.signIn(ANN, "the quicker one")).isInstanceOf(SignIn.Outcome.SignedIn.class);
  }

  @Test
  void changes_to_none_of_the_commonest_and_to_nothing_while_it_is_busy() {
    ManageSessions own = by(house.signedIn(ANN));

    assertThat(own.changePassword(PASSWORD, password("password"), HOME))
        .isEqualTo(new Outcome.TooCommon());
    house.passwords.crowd(true);
    assertThat(own.changePassword(PASSWORD, password(CHANGED), HOME)).isEqualTo(new Outcome.Busy());
    house.passwords.crowd(false);

    assertThat(house.signIn(ANN, PASSWORD)).isInstanceOf(SignIn.Outcome.SignedIn.class);
  }

  private ManageSessions by(SignIn.Outcome.SignedIn signedIn) {
    return house.useCases.manageSessions().by(house.caller(signedIn.token()));
  }

  private boolean isLetIn(String token) {
    return house.useCases.authenticate().by(token).isPresent();
  }
}
