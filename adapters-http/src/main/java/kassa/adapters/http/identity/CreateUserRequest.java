package kassa.adapters.http.identity;

import kassa.adapters.http.json.EnumNames;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.Role;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/users}.
 *
 * @param email what the user will sign in with
 * @param password the password
 * @param name how they are called, if somebody says
 * @param role what they will be to the shop
 */
public record CreateUserRequest(
    EmailAddress email, Password password, @Nullable String name, Role role) {

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return who is to be made; {@code null} if anything is wrong
   */
  public static @Nullable CreateUserRequest read(JsonNode body, Faults faults) {
    JsonFields fields = new JsonFields(body, "", faults);
    EmailAddress email = fields.requiredText("email", EmailAddress::new);
    Password password = fields.requiredText("password", Password::new);
    String name = RegisterRequest.name(fields);
    Role role = fields.requiredText("role", text -> EnumNames.parse("role", text, Role.class));
    fields.refuseOthers();
    return email == null || password == null || role == null || !faults.isEmpty()
        ? null
        : new CreateUserRequest(email, password, name, role);
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "NewUserRequest";
  }
}
