package kassa.adapters.http.identity;

import kassa.adapters.http.json.JsonNodeInput;
import kassa.domain.PlainText;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.User;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/auth/register}.
 *
 * @param email email address for the sign-in
 * @param password the password
 * @param name name of the customer; may be {@code null}
 */
public record RegisterRequest(EmailAddress email, Password password, @Nullable String name) {

  /**
   * Reads the body.
   *
   * @param violations collects the violations
   * @return the registration; {@code null} if there are violations
   */
  public static @Nullable RegisterRequest read(JsonNode body, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    EmailAddress email = fields.requiredText("email", EmailAddress::parse);
    Password password = fields.requiredText("password", Password::new);
    String name = name(fields);
    fields.rejectUnknownFields();
    return email == null || password == null || !violations.isEmpty()
        ? null
        : new RegisterRequest(email, password, name);
  }

  static @Nullable String name(JsonObjectReader fields) {
    return fields.optionalText(
        "name", text -> PlainText.displayName("name", text, User.MAX_NAME_LENGTH));
  }

  /** Contains no password. */
  @Override
  public String toString() {
    return "RegisterRequest";
  }
}
