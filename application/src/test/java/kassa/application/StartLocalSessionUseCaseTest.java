package kassa.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import kassa.application.port.in.identity.ManageSessions;
import kassa.application.port.in.identity.SignIn;
import kassa.application.port.in.identity.StartLocalSession;
import kassa.application.port.in.identity.StartLocalSession.Outcome;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Permission;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.User;
import org.junit.jupiter.api.Test;

class StartLocalSessionUseCaseTest {

  private static final EmailAddress BOSS = new EmailAddress("boss@example.com");

  private final ApplicationFixture fixture = new ApplicationFixture();
  private final StartLocalSession sessions = fixture.operatorUseCases.startLocalSession();

  @Test
  void starts_a_listed_session_with_the_role_of_the_user() {
    User boss = fixture.user("boss@example.com", Role.ADMIN);

    Outcome.Started started = started();

    Session session = started.session();
    Caller caller = fixture.caller(started.token());
    assertThat(started.user()).isEqualTo(boss);
    assertThat(session.device()).isEqualTo("kassa login");
    assertThat(session.address()).isEqualTo("127.0.0.1");
    assertThat(session.isLocal()).isTrue();
    assertThat(caller.hasPermission(Permission.ADMINISTER)).isTrue();
    assertThat(fixture.useCases.identity().manageSessions().as(caller).list())
        .extracting(Session::id)
        .containsExactly(session.id());
    assertThat(started.toString()).doesNotContain(started.token());
  }

  @Test
  void audit_event_names_the_local_operator_as_actor() {
    User boss = fixture.user("boss@example.com", Role.ADMIN);

    Outcome.Started started = started();

    AuditEvent event = fixture.lastEvent();
    assertThat(event.kind()).isEqualTo(Kind.SIGNED_IN);
    assertThat(event.actor()).isEqualTo(new Caller.LocalOperator().name());
    assertThat(event.subject()).isEqualTo(started.session().id().toString());
    assertThat(event.address()).isNull();
    assertThat(event.detail()).isEqualTo("session of " + boss.id());
    assertThat(fixture.stores.auditLog().events().toString()).doesNotContain(started.token());
  }

  @Test
  void session_ends_after_the_idle_timeout() {
    fixture.user("boss@example.com", Role.ADMIN);
    String token = started().token();

    fixture.clock.advance(ApplicationFixture.SESSION_LIMITS.idleTimeout());

    assertThat(fixture.useCases.identity().authenticate().authenticate(token)).isEmpty();
  }

  @Test
  void expired_temporary_password_restricts_only_sessions_that_used_it() {
    String password = fixture.operatorUseCases.createFirstAdmin().create(BOSS).orElseThrow().text();
    fixture.clock.advance(Duration.ofHours(24));
    SignIn.Outcome.SignedIn signedIn =
        (SignIn.Outcome.SignedIn) fixture.signIn(BOSS.value(), password);

    Caller withPassword = fixture.caller(signedIn.token());
    Caller local = fixture.caller(started().token());

    assertThat(withPassword.hasPermission(Permission.ADMINISTER)).isFalse();
    assertThat(local.hasPermission(Permission.ADMINISTER)).isTrue();
  }

  @Test
  void local_session_changes_a_password_only_with_the_current_one() {
    fixture.user("boss@example.com", Role.ADMIN);
    ManageSessions own =
        fixture.useCases.identity().manageSessions().as(fixture.caller(started().token()));

    assertThat(
            own.changePassword(
                "guess", ApplicationFixture.password("another one"), ApplicationFixture.CLIENT))
        .isEqualTo(new ManageSessions.Outcome.WrongPassword());
  }

  @Test
  void starts_no_session_for_unknown_or_disabled_users() {
    assertThat(sessions.start(BOSS)).isEqualTo(new Outcome.NotFound());

    User ann = fixture.user("boss@example.com", Role.CUSTOMER);
    fixture
        .useCases
        .identity()
        .manageUsers()
        .as(new Caller.LocalOperator())
        .update(ann.id(), null, true, ApplicationFixture.CLIENT);
    int events = fixture.stores.auditLog().events().size();

    assertThat(sessions.start(BOSS)).isEqualTo(new Outcome.Disabled());
    assertThat(fixture.stores.auditLog().events()).hasSize(events);
  }

  private Outcome.Started started() {
    return (Outcome.Started) sessions.start(BOSS);
  }
}
