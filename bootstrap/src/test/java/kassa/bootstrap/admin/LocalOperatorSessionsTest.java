package kassa.bootstrap.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.UUID;
import kassa.application.port.in.identity.StartLocalSession;
import kassa.application.port.in.identity.StartLocalSession.Outcome;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Role;
import kassa.domain.identity.Session;
import kassa.domain.identity.SessionId;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalOperatorSessionsTest {

  private static final EmailAddress BOSS = new EmailAddress("boss@example.com");
  private static final EmailAddress ANN = new EmailAddress("ann@example.com");

  @Test
  void starts_a_session_of_the_first_admin_or_of_the_given_user() {
    LocalOperatorSessions sessions =
        new LocalOperatorSessions(LocalOperatorSessionsTest::started, BOSS);

    assertThat(sessions.start(null)).isEqualTo("token of boss@example.com");
    assertThat(sessions.start(ANN)).isEqualTo("token of ann@example.com");
  }

  @Test
  void rejects_unknown_and_disabled_users_with_a_reason() {
    assertRejected(
        email -> new Outcome.NotFound(),
        BOSS,
        "user boss@example.com does not exist; use ./kassa login EMAIL");
    assertRejected(email -> new Outcome.Disabled(), BOSS, "user boss@example.com is disabled");
    assertRejected(
        LocalOperatorSessionsTest::started,
        null,
        "this server has no first admin; use ./kassa login EMAIL");
  }

  private static void assertRejected(
      StartLocalSession useCase, @Nullable EmailAddress firstAdmin, String reason) {
    assertThatExceptionOfType(CommandFailedException.class)
        .isThrownBy(() -> new LocalOperatorSessions(useCase, firstAdmin).start(null))
        .withMessage(reason);
  }

  private static Outcome started(EmailAddress email) {
    UserId id = new UserId(new UUID(1, 1));
    User user = new User(id, email, null, Role.ADMIN, false, 1, Instant.EPOCH);
    Session session =
        new Session(
            new SessionId(new UUID(1, 2)),
            id,
            StartLocalSession.DEVICE,
            "127.0.0.1",
            Instant.EPOCH,
            Instant.EPOCH,
            true);
    return new Outcome.Started("token of " + email, session, user);
  }
}
