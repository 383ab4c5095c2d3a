package kassa.adapters.http.identity;

/**
 * New session token after a password change.
 *
 * @param token the new token of the same session
 */
public record TokenResponse(String token) {

  /** Does not contain the token. */
  @Override
  public String toString() {
    return "TokenResponse";
  }
}
