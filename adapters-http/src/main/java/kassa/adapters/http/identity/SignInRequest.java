package kassa.adapters.http.identity;

import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonFields;
import kassa.domain.identity.EmailAddress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /v1/auth/login}.
 *
 * @param email the address
 * @param password what was typed
 * @param cookie whether the token is to come as a cookie, and not in the body
 */
public record SignInRequest(EmailAddress email, String password, boolean cookie) {

  /**
   * Reads the body.
   *
   * @param faults takes all that is wrong with it
   * @return who signs in; {@code null} if anything is wrong
   */
  public static @Nullable SignInRequest read(JsonNode body, Faults faults) {
    JsonFields fields = new JsonFields(body, "", faults);
    EmailAddress email = fields.requiredText("email", EmailAddress::new);
    String password = fields.requiredText("password", typed -> typed);
    boolean cookie = fields.optionalFlag("cookie", false);
    fields.refuseOthers();
    return email == null || password == null || !faults.isEmpty()
        ? null
        : new SignInRequest(email, password, cookie);
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "SignInRequest";
  }
}
