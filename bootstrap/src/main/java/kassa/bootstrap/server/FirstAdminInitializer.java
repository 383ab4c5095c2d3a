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
   * Creates the admin with the configured password, unless there is an admin. Before the server
   * accepts requests, which may be a login with this password.
   *
   * @param admin {@code null} to create none
   * @throws IllegalStateException if the admin cannot be created; the message gives the reason
   */
  void createWithConfiguredPassword(@Nullable FirstAdmin admin) {
    Password configuredPassword = admin == null ? null : admin.password();
    if (admin != null && configuredPassword != null) {
      createIfAbsent(admin.email(), configuredPassword);
    }
  }

  /**
   * Creates the admin with a generated password, unless there is an admin or a configured password.
   * After everything else has started: if the start failed, the operator would not see the
   * password.
   *
   * @param admin {@code null} to create none
   * @return the generated password, to be shown once; {@code null} if none was generated
   */
  @Nullable String createWithGeneratedPassword(@Nullable FirstAdmin admin) {
    return admin == null || admin.password() != null
        ? null
        : createFirstAdmin.create(admin.email()).map(Password::text).orElse(null);
  }

  private void createIfAbsent(EmailAddress email, Password password) {
    try {
      var _ = createFirstAdmin.create(email, password);
    } catch (InvalidValueException common) {
      throw new IllegalStateException("KASSA_ADMIN_PASSWORD: " + common.getMessage(), common);
    }
  }
}
