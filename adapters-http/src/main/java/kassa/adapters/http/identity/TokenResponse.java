package kassa.adapters.http.identity;

/**
 * What to show from now on.
 *
 * @param token the token of the same session
 */
public record TokenResponse(String token) {

  /** Nothing of it. */
  @Override
  public String toString() {
    return "TokenResponse";
  }
}
