package kassa.adapters.http.identity;

import kassa.adapters.http.json.JsonNodeInput;
import kassa.domain.identity.Password;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/auth/password}.
 *
 * @param current the current password as entered
 * @param newPassword the new password
 */
public record ChangePasswordRequest(String current, Password newPassword) {

  /**
   * Reads the body.
   *
   * @param violations collects the violations
   * @return both passwords; {@code null} if there are violations
   */
  public static @Nullable ChangePasswordRequest read(JsonNode body, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    String current = fields.requiredText("current", typed -> typed);
    Password newPassword = fields.requiredText("new", Password::new);
    fields.rejectUnknownFields();
    return current == null || newPassword == null || !violations.isEmpty()
        ? null
        : new ChangePasswordRequest(current, newPassword);
  }

  /** Contains no password. */
  @Override
  public String toString() {
    return "ChangePasswordRequest";
  }
}
