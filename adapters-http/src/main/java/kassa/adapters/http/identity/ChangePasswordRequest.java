package kassa.adapters.http.identity;

import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.domain.identity.Password;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/auth/password}.
 *
 * @param current what was typed as the password that is good now
 * @param newPassword the password that is to be good from now on
 */
public record ChangePasswordRequest(String current, Password newPassword) {

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return both passwords; {@code null} if anything is wrong
   */
  public static @Nullable ChangePasswordRequest read(JsonNode body, Faults faults) {
    JsonFields fields = new JsonFields(body, "", faults);
    String current = fields.requiredText("current", typed -> typed);
    Password changed = fields.requiredText("new", Password::new);
    fields.refuseOthers();
    return current == null || changed == null || !faults.isEmpty()
        ? null
        : new ChangePasswordRequest(current, changed);
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "ChangePasswordRequest";
  }
}
