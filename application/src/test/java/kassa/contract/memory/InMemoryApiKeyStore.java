package kassa.contract.memory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kassa.application.port.out.identity.ApiKeyStore;
import kassa.application.port.out.identity.TokenHash;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import org.jspecify.annotations.Nullable;

/** In-memory API key store of {@link InMemoryStores}. */
public final class InMemoryApiKeyStore implements ApiKeyStore {

  private final InMemoryStores stores;

  InMemoryApiKeyStore(InMemoryStores stores) {
    this.stores = stores;
  }

  @Override
  public void add(ApiKey key, TokenHash hash) {
    synchronized (stores) {
      stores.requireAvailable();
      stores.apiKeys.put(key.id().value(), key);
      stores.apiKeyHashes.put(hash, key.id());
    }
  }

  @Override
  public Optional<ApiKey> find(TokenHash hash) {
    synchronized (stores) {
      stores.requireAvailable();
      return Optional.ofNullable(stores.apiKeyHashes.get(hash)).flatMap(this::byId);
    }
  }

  @Override
  public List<ApiKey> list(@Nullable ApiKeyId after, int limit) {
    synchronized (stores) {
      stores.requireAvailable();
      return stores.apiKeys.values().stream()
          .filter(key -> after == null || key.id().value().compareTo(after.value()) > 0)
          .limit(limit)
          .toList();
    }
  }

  @Override
  public Optional<ApiKey> revoke(ApiKeyId id, Instant at) {
    synchronized (stores) {
      stores.requireAvailable();
      stores.apiKeys.computeIfPresent(
          id.value(),
          (same, key) -> key.revokedAt() == null ? changed(key, at, key.lastUsedAt()) : key);
      return byId(id);
    }
  }

  @Override
  public void updateLastUsedAt(ApiKeyId id, Instant at) {
    synchronized (stores) {
      stores.requireAvailable();
      stores.apiKeys.computeIfPresent(id.value(), (same, key) -> changed(key, key.revokedAt(), at));
    }
  }

  private Optional<ApiKey> byId(ApiKeyId id) {
    return Optional.ofNullable(stores.apiKeys.get(id.value()));
  }

  private static ApiKey changed(
      ApiKey key, @Nullable Instant revokedAt, @Nullable Instant lastUsedAt) {
    return new ApiKey(
        key.id(),
        key.name(),
        key.scopes(),
        key.createdBy(),
        key.createdAt(),
        key.expiresAt(),
        revokedAt,
        lastUsedAt);
  }
}
