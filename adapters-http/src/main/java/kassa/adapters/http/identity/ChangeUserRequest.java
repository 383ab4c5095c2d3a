package kassa.adapters.http.identity;

import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.domain.identity.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code PATCH /v1/users/{id}}.
 *
 * @param role what the user is to be; {@code null} to leave it
 * @param disabled whether they are to be kept out; {@code null} to leave it
 * @param endSessions whether all their sessions are to end
 */
public record ChangeUserRequest(
    @Nullable Role role, @Nullable Boolean disabled, boolean endSessions) {

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return what is to be changed; {@code null} if anything is wrong
   */
  public static @Nullable ChangeUserRequest read(JsonNode body, Faults faults) {
    JsonFields fields = new JsonFields(body, "", faults);
    Role role = fields.optionalText("role", text -> EnumNames.parse("role", text, Role.class));
    Boolean disabled = fields.optionalFlag("disabled");
    boolean endSessions = fields.optionalFlag("endSessions", false);
    fields.refuseOthers();
    if (faults.isEmpty() && role == null && disabled == null && !endSessions) {
      faults.invalid("", "empty", "one of role, disabled, endSessions must be given");
    }
    return faults.isEmpty() ? new ChangeUserRequest(role, disabled, endSessions) : null;
  }
}
