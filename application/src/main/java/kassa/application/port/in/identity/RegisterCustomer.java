package kassa.application.port.in.identity;

import java.time.Duration;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import org.jspecify.annotations.Nullable;

/** Registers customers. */
public interface RegisterCustomer {

  /**
   * Registers a customer. Takes the same time and answers the same whether or not the address is
   * taken; if it is, nothing is changed.
   *
   * @param name how they are called, if they say
   * @throws kassa.domain.InvalidValueException if the name is not plain or too long
   * @throws kassa.application.port.out.StoreUnavailableException if it is not known whether they
   *     are
   */
  Outcome register(
      EmailAddress email, Password password, @Nullable String name, ClientInfo clientInfo);

  /** What came of it. */
  sealed interface Outcome {

    /** They can sign in, or could already. */
    record Accepted() implements Outcome {}

    /** The password is one of the commonest. */
    record TooCommon() implements Outcome {}

    /**
     * Too many registered from this address.
     *
     * @param retryAfter how long to wait before trying again
     */
    record TooManyAttempts(Duration retryAfter) implements Outcome {}

    /** Too many passwords are being looked at. */
    record Overloaded() implements Outcome {}
  }
}
