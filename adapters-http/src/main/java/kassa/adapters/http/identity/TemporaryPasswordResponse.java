package kassa.adapters.http.identity;

import kassa.application.port.in.identity.ManageUsers.PasswordReset;

/**
 * Generated temporary password.
 *
 * @param password the password; returned only once
 * @param passwordExpiresAt until when it must be changed
 */
public record TemporaryPasswordResponse(String password, String passwordExpiresAt) {

  /** Converts a password reset to its response. */
  public static TemporaryPasswordResponse of(PasswordReset.Done reset) {
    return new TemporaryPasswordResponse(
        reset.password().text(), reset.passwordExpiresAt().toString());
  }

  /** Contains no password. */
  @Override
  public String toString() {
    return "TemporaryPasswordResponse";
  }
}
