package kassa.bootstrap;

import kassa.application.UseCases;
import kassa.application.port.in.ManageUsers;
import kassa.application.port.in.ManageUsers.Replacement;
import kassa.domain.identity.Caller;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.User;

/**
 * The users of a database, as its owner manages them. See docs/decisions/0112.
 *
 * @param users manages them in the owner's name
 */
record OwnersUsers(ManageUsers users) {

  static OwnersUsers of(UseCases useCases) {
    return new OwnersUsers(useCases.manageUsers().by(new Caller.Owner()));
  }

  /**
   * Replaces the password of a user by one that is made up, and ends all of their sessions.
   *
   * @return the password, to be shown once
   * @throws CommandFailedException if there is no such user, or it cannot be done now
   */
  String replacePassword(EmailAddress email) {
    User user =
        users
            .find(email)
            .orElseThrow(() -> new CommandFailedException("there is no user " + email));
    return switch (users.replacePassword(user.id())) {
      case Replacement.Replaced replaced -> replaced.password().text();
      case Replacement.Absent() -> throw new CommandFailedException("there is no user " + email);
      case Replacement.Busy() ->
          throw new CommandFailedException("many passwords are being looked at; try again");
    };
  }
}
