package kassa.adapters.http.identity;

import kassa.application.port.in.identity.ManageApiKeys;

/**
 * A key that was issued.
 *
 * @param secret what the program is to show, told this once
 * @param key the key
 */
public record IssuedApiKeyResponse(String secret, ApiKeyResponse key) {

  /** Writes a key down, with its secret. */
  public static IssuedApiKeyResponse of(ManageApiKeys.Issued issued) {
    return new IssuedApiKeyResponse(issued.secret(), ApiKeyResponse.of(issued.key()));
  }

  /** All but the secret. */
  @Override
  public String toString() {
    return "IssuedKeyResponse[" + key.id() + "]";
  }
}
