package kassa.bootstrap.server;

import kassa.application.port.in.identity.CreateFirstAdmin;
import kassa.bootstrap.config.FirstAdmin;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import org.jspecify.annotations.Nullable;

/**
 * Creates the first admin when the server starts.
 *
 * @param createFirstAdmin the use case
 */
record FirstAdminInitializer(CreateFirstAdmin createFirstAdmin) {

  /**
   * Creates the admin, unless there is one.
   *
   * @param admin {@code null} to create none
   * @return the generated password, to be shown once; {@code null} if none was generated
   * @throws IllegalStateException if the admin cannot be created; the message gives the reason
   */
  @Nullable String createIfAbsent(@Nullable FirstAdmin admin) {
    if (admin == null) {
      return null;
    }
    Password configuredPassword = admin.password();
    if (configuredPassword != null) {
      createIfAbsent(admin.email(), configuredPassword);
      return null;
    }
    return createFirstAdmin.create(admin.email()).map(Password::text).orElse(null);
  }

  private void createIfAbsent(EmailAddress email, Password password) {
    try {
      var _ = createFirstAdmin.create(email, password);
    } catch (InvalidValueException common) {
      throw new IllegalStateException("KASSA_ADMIN_PASSWORD: " + common.getMessage(), common);
    }
  }
}
