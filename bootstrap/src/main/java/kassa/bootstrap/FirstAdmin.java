package kassa.bootstrap;

import java.security.SecureRandom;
import kassa.application.UseCases;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first admin, without whom nobody could make another.
 *
 * @param stores keep the admin
 * @param surroundings tell the time
 * @param secrets hash the password
 */
record FirstAdmin(
    UseCases.Stores stores, UseCases.Surroundings surroundings, UseCases.Secrets secrets) {

  /** Nothing that is taken for something else. */
  private static final String CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 5;
  private static final int CHARACTERS_OF_GROUP = 5;

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
    String madeUp = madeUp(new SecureRandom());
    return make(admin.email(), new Password(madeUp)) ? madeUp : null;
  }

  private boolean make(EmailAddress email, Password password) {
    try {
      return UseCases.firstAdmin(stores, surroundings, secrets, email, password);
    } catch (InvalidValueException common) {
      throw new IllegalStateException("KASSA_ADMIN_PASSWORD: " + common.getMessage(), common);
    }
  }

  /** Twenty-five characters of thirty-one: more than 120 bits. */
  static String madeUp(SecureRandom random) {
    StringBuilder text = new StringBuilder();
    for (int group = 0; group < GROUPS; group++) {
      text.append(group == 0 ? "" : "-");
      for (int i = 0; i < CHARACTERS_OF_GROUP; i++) {
        text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      }
    }
    return text.toString();
  }
}
