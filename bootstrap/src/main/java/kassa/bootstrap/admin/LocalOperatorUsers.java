package kassa.bootstrap.admin;

import kassa.application.UseCases;
import kassa.application.port.in.identity.ManageUsers;
import kassa.application.port.in.identity.ManageUsers.PasswordReset;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.User;

/**
 * The users of a database, as its owner manages them. See docs/decisions/0112.
 *
 * @param users manages them in the owner's name
 */
public record LocalOperatorUsers(ManageUsers users) {

  public static LocalOperatorUsers of(UseCases useCases) {
    return new LocalOperatorUsers(useCases.manageUsers().as(new Caller.LocalOperator()));
  }

  /**
   * Replaces the password of a user by one that is made up, and ends all of their sessions.
   *
   * @return the password, to be shown once
   * @throws CommandFailedException if there is no such user, or it cannot be done now
   */
  public String replacePassword(EmailAddress email) {
    User user =
        users
            .find(email)
            .orElseThrow(() -> new CommandFailedException("there is no user " + email));
    return switch (users.replacePassword(user.id())) {
      case PasswordReset.Done replaced -> replaced.password().text();
      case PasswordReset.NotFound() ->
          throw new CommandFailedException("there is no user " + email);
      case PasswordReset.Overloaded() ->
          throw new CommandFailedException("many passwords are being looked at; try again");
    };
  }
}
