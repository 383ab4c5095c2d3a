package kassa.adapters.http.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import kassa.application.port.in.identity.SignIn.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A session that has begun.
 *
 * @param token what to show from now on; left out if it is in the cookie
 * @param session the session
 * @param user who signed in
 * @param passwordExpiresAt when the password is to have been changed; left out if it need not
 */
public record SignedInResponse(
    @JsonInclude(Include.NON_NULL) @Nullable String token,
    SessionResponse session,
    UserResponse user,
    @JsonInclude(Include.NON_NULL) @Nullable String passwordExpiresAt) {

  /**
   * Writes a session down.
   *
   * @param withToken whether to tell its token
   */
  public static SignedInResponse of(Outcome.SignedIn signedIn, boolean withToken) {
    return new SignedInResponse(
        withToken ? signedIn.token() : null,
        SessionResponse.of(signedIn.session(), true),
        UserResponse.of(signedIn.user()),
        signedIn.passwordExpiresAt() == null ? null : signedIn.passwordExpiresAt().toString());
  }

  /** All but the token. */
  @Override
  public String toString() {
    return "SignedInResponse[" + session.id() + "]";
  }
}
