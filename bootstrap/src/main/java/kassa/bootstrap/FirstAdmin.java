package kassa.bootstrap;

import kassa.application.UseCases;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first admin, without whom nobody could make another.
 *
 * @param stores keep the admin
 * @param surroundings tell the time, and make passwords up
 * @param secrets hash the password
 */
record FirstAdmin(
    UseCases.Stores stores, UseCases.Surroundings surroundings, UseCases.Secrets secrets) {

  /**
   * Makes the admin, if there is none.
   *
   * @param admin {@code null} if nobody is to be made one
   * @return the password that was made up, to be shown once; {@code null} if there is no new one
   * @throws IllegalStateException if it cannot be done; the message says why
   */
  @Nullable String make(Config.@Nullable Admin admin) {
    if (admin == null) {
      return null;
    }
    Password given = admin.password();
    if (given != null) {
      make(admin.email(), given);
      return null;
    }
    return UseCases.firstAdmin(stores, surroundings, secrets, admin.email())
        .map(Password::text)
        .orElse(null);
  }

  private void make(EmailAddress email, Password password) {
    try {
      var _ = UseCases.firstAdmin(stores, surroundings, secrets, email, password);
    } catch (InvalidValueException common) {
      throw new IllegalStateException("KASSA_ADMIN_PASSWORD: " + common.getMessage(), common);
    }
  }
}
