package kassa.adapters.http.message;

import kassa.application.port.in.ManageKeys;

/**
 * A key that was issued.
 *
 * @param secret what the program is to show, told this once
 * @param key the key
 */
public record IssuedKeyResponse(String secret, ApiKeyResponse key) {

  /** Writes a key down, with its secret. */
  public static IssuedKeyResponse of(ManageKeys.Issued issued) {
    return new IssuedKeyResponse(issued.secret(), ApiKeyResponse.of(issued.key()));
  }

  /** All but the secret. */
  @Override
  public String toString() {
    return "IssuedKeyResponse[" + key.id() + "]";
  }
}
