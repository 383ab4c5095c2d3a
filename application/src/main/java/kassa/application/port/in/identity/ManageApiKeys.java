package kassa.application.port.in.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import kassa.application.port.in.Slice;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Issues, lists and revokes API keys of programs. For admins. Any number of keys can be valid at
 * the same time.
 */
public interface ManageApiKeys {

  /**
   * Lists API keys in ascending order of their ids, which is the order of issue. Includes expired
   * and revoked keys.
   *
   * @param after list keys after this id; {@code null} to start at the first key
   * @param limit 1 to {@value Slice#MAX_SIZE}
   */
  Slice<ApiKey> list(@Nullable ApiKeyId after, int limit);

  /**
   * Issues an API key.
   *
   * @param expiresAt when the key expires; {@code null} if it never expires
   * @throws kassa.domain.InvalidValueException if the name is too long or contains characters that
   *     are not allowed, if there is no scope, or if {@code expiresAt} is not in the future
   */
  Issued issue(String name, Set<Scope> scopes, @Nullable Instant expiresAt, ClientInfo clientInfo);

  /**
   * Revokes an API key and returns it, or empty if it does not exist. Idempotent: revoking a
   * revoked key changes nothing.
   */
  Optional<ApiKey> revoke(ApiKeyId id, ClientInfo clientInfo);

  /**
   * Issued API key with its secret.
   *
   * @param key the API key
   * @param secret the secret that the program presents; it is returned only here and cannot be read
   *     later
   */
  record Issued(ApiKey key, String secret) {

    /** Returns a text without the secret. */
    @Override
    public String toString() {
      return "Issued[" + key.id() + "]";
    }
  }
}
