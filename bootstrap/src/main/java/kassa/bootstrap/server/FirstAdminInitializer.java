package kassa.bootstrap.server;

import kassa.application.UseCases;
import kassa.bootstrap.config.Config;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first admin, without whom nobody could make another.
 *
 * @param stores keep the admin
 * @param environment tell the time, and make passwords up
 * @param secrets hash the password
 */
record FirstAdminInitializer(
    UseCases.Stores stores, UseCases.Environment environment, UseCases.Secrets secrets) {

  /**
   * Makes the admin, if there is none.
   *
   * @param admin {@code null} if nobody is to be made one
   * @return the password that was made up, to be shown once; {@code null} if there is no new one
   * @throws IllegalStateException if it cannot be done; the message says why
   */
  @Nullable String createIfAbsent(Config.@Nullable Admin admin) {
    if (admin == null) {
      return null;
    }
    Password configuredPassword = admin.password();
    if (configuredPassword != null) {
      createIfAbsent(admin.email(), configuredPassword);
      return null;
    }
    return UseCases.createFirstAdmin(stores, environment, secrets, admin.email())
        .map(Password::text)
        .orElse(null);
  }

  private void createIfAbsent(EmailAddress email, Password password) {
    try {
      var _ = UseCases.createFirstAdmin(stores, environment, secrets, email, password);
    } catch (InvalidValueException common) {
      throw new IllegalStateException("KASSA_ADMIN_PASSWORD: " + common.getMessage(), common);
    }
  }
}
