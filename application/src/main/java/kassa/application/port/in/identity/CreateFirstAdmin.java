package kassa.application.port.in.identity;

import java.util.Optional;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;

/**
 * Creates the first admin, who can then create all other users. For the operator: it checks no
 * permission. Any number of nodes may call it at the same time.
 */
public interface CreateFirstAdmin {

  /**
   * Creates an admin with a chosen password, unless there is an admin who is not disabled.
   *
   * @return whether an admin was created
   * @throws kassa.domain.InvalidValueException if the password is a common password
   * @throws IllegalStateException if the address belongs to a user who is not an admin
   * @throws kassa.application.port.out.StoreUnavailableException if it is unknown whether an admin
   *     was created
   */
  boolean create(EmailAddress email, Password password);

  /**
   * Creates an admin with a generated temporary password, unless there is an admin who is not
   * disabled. The admin must change the password within a day.
   *
   * @return the password, which is available only here; empty if no admin was created
   * @throws IllegalStateException if the address belongs to a user who is not an admin
   * @throws kassa.application.port.out.StoreUnavailableException if it is unknown whether an admin
   *     was created
   */
  Optional<Password> create(EmailAddress email);
}
