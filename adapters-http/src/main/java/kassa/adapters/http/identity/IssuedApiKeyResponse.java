package kassa.adapters.http.identity;

import kassa.application.port.in.identity.ManageApiKeys;

/**
 * New API key with its secret.
 *
 * @param secret the secret of the key; returned only once
 * @param key the API key
 */
public record IssuedApiKeyResponse(String secret, ApiKeyResponse key) {

  /** Converts a new API key to its response, with its secret. */
  public static IssuedApiKeyResponse of(ManageApiKeys.Issued issued) {
    return new IssuedApiKeyResponse(issued.secret(), ApiKeyResponse.of(issued.key()));
  }

  /** Contains the id, but not the secret. */
  @Override
  public String toString() {
    return "IssuedApiKeyResponse[" + key.id() + "]";
  }
}
