package kassa.application.port.in.identity;

import java.time.Duration;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import org.jspecify.annotations.Nullable;

/** Self-registration of customers. */
public interface RegisterCustomer {

  /**
   * Registers a customer. Takes the same time and returns the same outcome whether or not the email
   * address is taken, to prevent user enumeration. If it is taken, nothing is changed.
   *
   * @param name the name of the customer, or {@code null}
   * @throws kassa.domain.InvalidValueException if the name is too long or contains characters that
   *     are not allowed
   * @throws kassa.application.port.out.StoreUnavailableException if it is unknown whether the
   *     customer was registered
   */
  Outcome register(
      EmailAddress email, Password password, @Nullable String name, ClientInfo clientInfo);

  /** Outcome of {@link #register}. */
  sealed interface Outcome {

    /** The customer can sign in: the account was created or existed before. */
    record Accepted() implements Outcome {}

    /** The password is in the list of common passwords. */
    record TooCommon() implements Outcome {}

    /**
     * Too many registrations from this client address.
     *
     * @param retryAfter how long to wait before the next attempt
     */
    record TooManyAttempts(Duration retryAfter) implements Outcome {}

    /** Too many passwords are being hashed at the moment; retry later. */
    record Overloaded() implements Outcome {}
  }
}
