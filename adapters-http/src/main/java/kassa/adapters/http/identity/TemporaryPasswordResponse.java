package kassa.adapters.http.identity;

import kassa.application.port.in.identity.ManageUsers.PasswordReset;

/**
 * A password that was made up.
 *
 * @param password the password, told this once
 * @param passwordExpiresAt when it is to have been changed
 */
public record TemporaryPasswordResponse(String password, String passwordExpiresAt) {

  /** Writes a password down. */
  public static TemporaryPasswordResponse of(PasswordReset.Done replaced) {
    return new TemporaryPasswordResponse(
        replaced.password().text(), replaced.passwordExpiresAt().toString());
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "NewPasswordResponse";
  }
}
