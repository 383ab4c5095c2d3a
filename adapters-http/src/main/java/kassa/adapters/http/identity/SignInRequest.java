package kassa.adapters.http.identity;

import kassa.adapters.http.json.JsonNodeInput;
import kassa.domain.identity.EmailAddress;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/auth/login}.
 *
 * @param email email address of the user
 * @param password the password as entered
 * @param cookie whether to return the token in a cookie instead of the body
 */
public record SignInRequest(EmailAddress email, String password, boolean cookie) {

  /**
   * Reads the body.
   *
   * @param violations collects the violations
   * @return the credentials; {@code null} if there are violations
   */
  public static @Nullable SignInRequest read(JsonNode body, Violations violations) {
    JsonObjectReader fields = JsonNodeInput.reader(body, violations);
    EmailAddress email = fields.requiredText("email", EmailAddress::new);
    String password = fields.requiredText("password", typed -> typed);
    boolean cookie = fields.optionalBoolean("cookie", false);
    fields.rejectUnknownFields();
    return email == null || password == null || !violations.isEmpty()
        ? null
        : new SignInRequest(email, password, cookie);
  }

  /** Contains no password. */
  @Override
  public String toString() {
    return "SignInRequest";
  }
}
