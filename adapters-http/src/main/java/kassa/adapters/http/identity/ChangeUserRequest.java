package kassa.adapters.http.identity;

import kassa.adapters.http.json.JsonNodeInput;
import kassa.domain.identity.Role;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code PATCH /v1/users/{id}}.
 *
 * @param role the new role; {@code null} to leave it unchanged
 * @param disabled whether the user is disabled; {@code null} to leave it unchanged
 * @param endSessions whether to end all sessions of the user
 */
public record ChangeUserRequest(
    @Nullable Role role, @Nullable Boolean disabled, boolean endSessions) {

  /**
   * Reads the body.
   *
   * @param violations collects the violations
   * @return the change; {@code null} if there are violations
   */
  public static @Nullable ChangeUserRequest read(JsonNode body, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    Role role = fields.optionalEnum("role", Role.class);
    Boolean disabled = fields.optionalBoolean("disabled");
    boolean endSessions = fields.optionalBoolean("endSessions", false);
    fields.rejectUnknownFields();
    if (violations.isEmpty() && role == null && disabled == null && !endSessions) {
      violations.addInvalid("", "empty", "one of role, disabled, endSessions must be given");
    }
    return violations.isEmpty() ? new ChangeUserRequest(role, disabled, endSessions) : null;
  }
}
