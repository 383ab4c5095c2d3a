package kassa.adapters.http.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import kassa.application.port.in.identity.SignIn.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Response of a sign-in: the new session.
 *
 * @param token the session token; omitted if it is in the cookie
 * @param session the session
 * @param user the user
 * @param passwordExpiresAt until when the password must be changed; omitted if no change is
 *     required
 */
public record SignedInResponse(
    @JsonInclude(Include.NON_NULL) @Nullable String token,
    SessionResponse session,
    UserResponse user,
    @JsonInclude(Include.NON_NULL) @Nullable String passwordExpiresAt) {

  /**
   * Converts a sign-in to its response.
   *
   * @param withToken whether to include the token
   */
  public static SignedInResponse of(Outcome.SignedIn signedIn, boolean withToken) {
    return new SignedInResponse(
        withToken ? signedIn.token() : null,
        SessionResponse.of(signedIn.session(), true),
        UserResponse.of(signedIn.user()),
        signedIn.passwordExpiresAt() == null ? null : signedIn.passwordExpiresAt().toString());
  }

  /** Contains the session id, but not the token. */
  @Override
  public String toString() {
    return "SignedInResponse[" + session.id() + "]";
  }
}
