package kassa.adapters.http.message;

import kassa.application.port.in.ManageUsers.Replacement;

/**
 * A password that was made up.
 *
 * @param password the password, told this once
 * @param passwordDue when it is to have been changed
 */
public record NewPasswordResponse(String password, String passwordDue) {

  /** Writes a password down. */
  public static NewPasswordResponse of(Replacement.Replaced replaced) {
    return new NewPasswordResponse(replaced.password().text(), replaced.due().toString());
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "NewPasswordResponse";
  }
}
