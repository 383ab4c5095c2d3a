package kassa.application.port.out.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys of programs by their hashes. Implementations may be called by any number of
 * threads. Every method throws {@link StoreUnavailableException} when the store cannot be asked;
 * absence is never answered instead. What is changed is durable when a method returns.
 */
public interface ApiKeyStore {

  /** Keeps a new key. */
  void add(ApiKey key, TokenHash hash);

  /**
   * The key of a hash, good or not. The answer may be two seconds old, but for what was changed
   * through this store.
   */
  Optional<ApiKey> find(TokenHash hash);

  /** Keys by their ids, rising, behind one of them or from the first. */
  List<ApiKey> list(@Nullable ApiKeyId after, int limit);

  /** Revokes a key, if it is not revoked already, and tells what it is then; empty if none. */
  Optional<ApiKey> revoke(ApiKeyId id, Instant at);

  /** Notes when a key was used. */
  void updateLastUsedAt(ApiKeyId id, Instant at);
}
