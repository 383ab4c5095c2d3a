package kassa.adapters.http.identity;

import java.util.List;
import java.util.function.Supplier;
import kassa.adapters.http.json.JsonNodeInput;
import kassa.adapters.http.json.ReadOnlyFields;
import kassa.domain.identity.Role;
import kassa.domain.identity.User;
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

  private static final List<String> READ_ONLY = List.of("id", "email", "name", "createdAt");

  /**
   * Reads the body. Read-only fields may be sent with their current values.
   *
   * @param current reads the user before the change, if the body has read-only fields
   * @param violations collects the violations
   * @return the change; {@code null} if there are violations
   */
  public static @Nullable ChangeUserRequest read(
      JsonNode body, Supplier<User> current, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    Role role = fields.optionalEnum("role", Role.class);
    Boolean disabled = fields.optionalBoolean("disabled");
    boolean endSessions = fields.optionalBoolean("endSessions", false);
    if (READ_ONLY.stream().anyMatch(fields::has)) {
      UserResponse user = UserResponse.of(current.get());
      ReadOnlyFields.requireCurrent(fields, "id", user.id());
      ReadOnlyFields.requireCurrent(fields, "email", user.email());
      ReadOnlyFields.requireCurrent(fields, "name", user.name());
      ReadOnlyFields.requireCurrent(fields, "createdAt", user.createdAt());
    }
    fields.rejectUnknownFields();
    if (violations.isEmpty() && role == null && disabled == null && !endSessions) {
      violations.addInvalid("", "empty", "one of role, disabled, endSessions must be given");
    }
    return violations.isEmpty() ? new ChangeUserRequest(role, disabled, endSessions) : null;
  }
}
