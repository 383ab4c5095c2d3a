package kassa.adapters.http.identity;

import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.domain.PlainText;
import kassa.domain.identity.EmailAddress;
import kassa.domain.identity.Password;
import kassa.domain.identity.User;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/auth/register}.
 *
 * @param email what the customer will sign in with
 * @param password the password
 * @param name how they are called, if they say
 */
public record RegisterRequest(EmailAddress email, Password password, @Nullable String name) {

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return who registers; {@code null} if anything is wrong
   */
  public static @Nullable RegisterRequest read(JsonNode body, Faults faults) {
    JsonFields fields = new JsonFields(body, "", faults);
    EmailAddress email = fields.requiredText("email", EmailAddress::new);
    Password password = fields.requiredText("password", Password::new);
    String name = name(fields);
    fields.refuseOthers();
    return email == null || password == null || !faults.isEmpty()
        ? null
        : new RegisterRequest(email, password, name);
  }

  static @Nullable String name(JsonFields fields) {
    return fields.optionalText(
        "name", text -> PlainText.singleLine("name", text, User.MAX_NAME_LENGTH));
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "RegisterRequest";
  }
}
