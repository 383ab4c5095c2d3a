package kassa.bootstrap.admin;

import kassa.application.UseCases;
import kassa.application.port.in.identity.ManageUsers;
import kassa.application.port.in.identity.ManageUsers.PasswordReset;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.User;

/**
 * User management of the local operator. See docs/decisions/0112.
 *
 * @param users the use case, with the permissions of the local operator
 */
public record LocalOperatorUsers(ManageUsers users) {

  public static LocalOperatorUsers of(UseCases useCases) {
    return new LocalOperatorUsers(useCases.identity().manageUsers().as(new Caller.LocalOperator()));
  }

  /**
   * Replaces the password of a user by a generated temporary one, and ends all of their sessions.
   *
   * @return the password, to be shown once
   * @throws CommandFailedException if the user does not exist, or the hashing is overloaded
   */
  public String replacePassword(EmailAddress email) {
    User user = users.find(email).orElseThrow(() -> userNotFound(email));
    return switch (users.replacePassword(user.id())) {
      case PasswordReset.Done replaced -> replaced.password().text();
      case PasswordReset.NotFound() -> throw userNotFound(email);
      case PasswordReset.Overloaded() ->
          throw new CommandFailedException("too many concurrent password checks; try again");
    };
  }

  static CommandFailedException userNotFound(EmailAddress email) {
    return new CommandFailedException("user " + email + " does not exist");
  }
}
