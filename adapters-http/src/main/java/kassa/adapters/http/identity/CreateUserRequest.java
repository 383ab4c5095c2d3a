package kassa.adapters.http.identity;

import kassa.adapters.http.json.JsonNodeInput;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/users}.
 *
 * @param email email address for the sign-in
 * @param password the password
 * @param name name of the user; may be {@code null}
 * @param role role of the user
 */
public record CreateUserRequest(
    EmailAddress email, Password password, @Nullable String name, Role role) {

  /**
   * Reads the body.
   *
   * @param violations collects the violations
   * @return the user to create; {@code null} if there are violations
   */
  public static @Nullable CreateUserRequest read(JsonNode body, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    EmailAddress email = fields.requiredText("email", EmailAddress::parse);
    Password password = fields.requiredText("password", Password::new);
    String name = RegisterRequest.name(fields);
    Role role = fields.requiredEnum("role", Role.class);
    fields.rejectUnknownFields();
    return email == null || password == null || role == null || !violations.isEmpty()
        ? null
        : new CreateUserRequest(email, password, name, role);
  }

  /** Contains no password. */
  @Override
  public String toString() {
    return "CreateUserRequest";
  }
}
