package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import org.jspecify.annotations.Nullable;

/**
 * API key store; keys are found by the hash of their secret. Thread-safe. Every method throws
 * {@link StoreUnavailableException} when the store cannot be used; an empty result always means
 * that no such key exists. Writes are durable when the method returns.
 */
public interface ApiKeyStore {

  /** Stores a new API key with the hash of its secret. */
  void add(ApiKey key, TokenHash hash);

  /**
   * Returns the API key with this hash, also if it is expired or revoked. The result can be two
   * seconds stale, except for changes that were made through this store.
   */
  Optional<ApiKey> find(TokenHash hash);

  /**
   * Lists API keys in ascending order of their ids.
   *
   * @param after list keys after this id; {@code null} to start at the first
   * @param limit the maximum number of keys
   */
  List<ApiKey> list(@Nullable ApiKeyId after, int limit);

  /**
   * Revokes an API key and returns it. A key that is already revoked is returned unchanged.
   *
   * @return the revoked key; empty if it does not exist
   */
  Optional<ApiKey> revoke(ApiKeyId id, Instant at);

  /** Stores the time of the last use of an API key. */
  void updateLastUsedAt(ApiKeyId id, Instant at);
}
