package kassa.application;

import static kassa.application.ApplicationFixture.CLIENT;
import static kassa.application.ApplicationFixture.PASSWORD;
import static kassa.application.ApplicationFixture.password;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kassa.application.port.in.identity.ManageSessions;
import kassa.application.port.in.identity.ManageSessions.Outcome;
import kassa.application.port.in.identity.SignIn;
import kassa.contract.fixture.TestUsers;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManageSessionsUseCaseTest {

  private static final String ANN = "ann@example.com";
  private static final String CHANGED = "a better password";

  private final ApplicationFixture fixture = new ApplicationFixture();
  private User ann = TestUsers.user(ANN, Role.CUSTOMER);

  @BeforeEach
  void register() {
    ann = fixture.user(ANN, Role.CUSTOMER);
    fixture.user("bob@example.com", Role.CUSTOMER);
  }

  @Test
  void returns_current_user_and_session() {
    SignIn.Outcome.SignedIn signedIn = fixture.signedIn(ANN);

    assertThat(manageSessionsAs(signedIn).current())
        .isEqualTo(new ManageSessions.CurrentSession(ann, signedIn.session().id()));
  }

  @Test
  void lists_own_active_sessions_by_last_use() {
    fixture.signedIn("bob@example.com");
    SignIn.Outcome.SignedIn ended = fixture.signedIn(ANN);
    fixture.clock.advance(Duration.ofMinutes(29));
    SignIn.Outcome.SignedIn second = fixture.signedIn(ANN);
    SignIn.Outcome.SignedIn third = fixture.signedIn(ANN);
    fixture.clock.advance(Duration.ofMinutes(1));

    assertThat(manageSessionsAs(second).list())
        .extracting(Session::id)
        .containsExactly(second.session().id(), third.session().id())
        .doesNotContain(ended.session().id());
  }

  @Test
  void ends_own_sessions_only() {
    SignIn.Outcome.SignedIn mine = fixture.signedIn(ANN);
    SignIn.Outcome.SignedIn other = fixture.signedIn(ANN);
    SignIn.Outcome.SignedIn bobs = fixture.signedIn("bob@example.com");

    assertThat(manageSessionsAs(mine).end(bobs.session().id(), CLIENT)).isFalse();
    assertThat(manageSessionsAs(mine).end(new SessionId(bobs.user().id().value()), CLIENT))
        .isFalse();
    assertThat(fixture.lastEvent().kind()).isEqualTo(Kind.SIGNED_IN);
    assertThat(manageSessionsAs(mine).end(other.session().id(), CLIENT)).isTrue();

    assertThat(isAuthenticated(other.token())).isFalse();
    assertThat(isAuthenticated(bobs.token())).isTrue();
    assertThat(fixture.lastEvent().kind()).isEqualTo(Kind.SESSION_ENDED);
  }

  @Test
  void ends_all_other_own_sessions() {
    SignIn.Outcome.SignedIn mine = fixture.signedIn(ANN);
    SignIn.Outcome.SignedIn other = fixture.signedIn(ANN);
    SignIn.Outcome.SignedIn bobs = fixture.signedIn("bob@example.com");

    assertThat(manageSessionsAs(mine).endOthers(CLIENT)).isEqualTo(1);
    assertThat(manageSessionsAs(mine).endOthers(CLIENT)).isZero();

    assertThat(isAuthenticated(mine.token())).isTrue();
    assertThat(isAuthenticated(other.token())).isFalse();
    assertThat(isAuthenticated(bobs.token())).isTrue();
  }

  @Test
  void password_change_ends_other_sessions_and_rotates_the_token() {
    SignIn.Outcome.SignedIn mine = fixture.signedIn(ANN);
    SignIn.Outcome.SignedIn other = fixture.signedIn(ANN);

    Outcome outcome = manageSessionsAs(mine).changePassword(PASSWORD, password(CHANGED), CLIENT);

    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    String token = ((Outcome.Changed) outcome).token();
    assertThat(isAuthenticated(mine.token())).isFalse();
    assertThat(isAuthenticated(other.token())).isFalse();
    assertThat(fixture.caller(token).name()).isEqualTo(ann.id().toString());
    assertThat(fixture.lastEvent().kind()).isEqualTo(Kind.PASSWORD_CHANGED);
    assertThat(fixture.signIn(ANN, PASSWORD)).isEqualTo(new SignIn.Outcome.InvalidCredentials());
    assertThat(fixture.signIn(ANN, CHANGED)).isInstanceOf(SignIn.Outcome.SignedIn.class);
    assertThat(outcome.toString()).doesNotContain(token);
    assertThat(fixture.stores.auditLog().events().toString())
        .doesNotContain(PASSWORD, CHANGED, token);
  }

  @Test
  void hijacked_session_is_throttled_when_guessing_the_password() {
    ManageSessions own = manageSessionsAs(fixture.signedIn(ANN));
    for (int i = 0; i < 5; i++) {
      assertThat(own.changePassword("wrong " + i, password(CHANGED), CLIENT))
          .isEqualTo(new Outcome.WrongPassword());
      assertThat(fixture.lastEvent().kind()).isEqualTo(Kind.PASSWORD_CHANGE_REFUSED);
    }

    assertThat(own.changePassword(PASSWORD, password(CHANGED), CLIENT))
        .isEqualTo(new Outcome.TooManyAttempts(Duration.ofSeconds(1)));
    assertThat(fixture.signIn(ANN, PASSWORD))
        .isEqualTo(new SignIn.Outcome.TooManyAttempts(Duration.ofSeconds(1)));
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(own.changePassword(PASSWORD, password(CHANGED), CLIENT))
        .isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void password_change_in_a_session_ended_meanwhile_ends_all_sessions() {
    SignIn.Outcome.SignedIn mine = fixture.signedIn(ANN);
    SignIn.Outcome.SignedIn other = fixture.signedIn(ANN);
    ManageSessions own = manageSessionsAs(mine);
    fixture.passwords.runDuringNextMatch(
        () -> manageSessionsAs(other).end(mine.session().id(), CLIENT));

    assertThat(own.changePassword(PASSWORD, password(CHANGED), CLIENT))
        .isInstanceOf(Outcome.Changed.class);

    assertThat(isAuthenticated(mine.token())).isFalse();
    assertThat(isAuthenticated(other.token())).isFalse();
  }

  @Test
  void one_of_two_concurrent_password_changes_succeeds() {
    ManageSessions own = manageSessionsAs(fixture.signedIn(ANN));
    fixture.passwords.runDuringNextMatch(
        () -> own.changePassword(PASSWORD, password("the quicker one"), CLIENT));

    assertThat(own.changePassword(PASSWORD, password(CHANGED), CLIENT))
        .isEqualTo(new Outcome.WrongPassword());
    assertThat(fixture.signIn(ANN, "the quicker one")).isInstanceOf(SignIn.Outcome.SignedIn.class);
  }

  @Test
  void rejects_common_passwords_and_overload() {
    ManageSessions own = manageSessionsAs(fixture.signedIn(ANN));

    assertThat(own.changePassword(PASSWORD, password("password"), CLIENT))
        .isEqualTo(new Outcome.TooCommon());
    fixture.passwords.setOverloaded(true);
    assertThat(own.changePassword(PASSWORD, password(CHANGED), CLIENT))
        .isEqualTo(new Outcome.Overloaded());
    fixture.passwords.setOverloaded(false);

    assertThat(fixture.signIn(ANN, PASSWORD)).isInstanceOf(SignIn.Outcome.SignedIn.class);
  }

  private ManageSessions manageSessionsAs(SignIn.Outcome.SignedIn signedIn) {
    return fixture.useCases.identity().manageSessions().as(fixture.caller(signedIn.token()));
  }

  private boolean isAuthenticated(String token) {
    return fixture.useCases.identity().authenticate().authenticate(token).isPresent();
  }
}
