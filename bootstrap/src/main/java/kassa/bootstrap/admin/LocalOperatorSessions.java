package kassa.bootstrap.admin;

import kassa.application.port.in.identity.StartLocalSession;
import kassa.application.port.in.identity.StartLocalSession.Outcome;
import kassa.domain.identity.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that the local operator starts without a password. See docs/decisions/0112.
 *
 * @param sessions the use case
 * @param firstAdmin email of the first admin in the settings of the server; {@code null} if the
 *     server creates none
 */
public record LocalOperatorSessions(StartLocalSession sessions, @Nullable EmailAddress firstAdmin) {

  /**
   * Starts a session.
   *
   * @param email the user; {@code null} for the first admin
   * @return the session token
   * @throws CommandFailedException if the user does not exist or is disabled
   */
  String start(@Nullable EmailAddress email) {
    EmailAddress user = email == null ? firstAdmin : email;
    if (user == null) {
      throw new CommandFailedException("this server has no first admin; use ./kassa login EMAIL");
    }
    return switch (sessions.start(user)) {
      case Outcome.Started started -> started.token();
      case Outcome.NotFound() ->
          throw email == null
              ? new CommandFailedException(
                  "user " + user + " does not exist; use ./kassa login EMAIL")
              : LocalOperatorUsers.userNotFound(user);
      case Outcome.Disabled() -> throw new CommandFailedException("user " + user + " is disabled");
    };
  }
}
