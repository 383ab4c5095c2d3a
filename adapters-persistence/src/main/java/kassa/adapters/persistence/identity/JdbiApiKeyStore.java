package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.array;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableTimestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.application.port.out.identity.ApiKeyStore;
import kassa.application.port.out.identity.TokenHash;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Stores API keys in a table, and caches lookups for two seconds. Thread-safe. */
public final class JdbiApiKeyStore implements ApiKeyStore {

  public static final String BY_HASH = "select * from api_keys where key_hash = :hash";

  public static final String BY_ID = "select * from api_keys where id = :id";

  public static final String PAGE =
      "select * from api_keys order by id fetch first :limit rows only";

  public static final String PAGE_AFTER =
      "select * from api_keys where id > :after order by id fetch first :limit rows only";

  private static final String INSERT =
      """
      insert into api_keys (
        id, key_hash, name, scopes, created_by, created_at, expires_at, revoked_at, last_used_at)
      values (
        :id, :hash, :name, :scopes, :createdBy, :createdAt, :expiresAt, :revokedAt, :lastUsedAt)
      """;

  private static final String REVOKE =
      "update api_keys set revoked_at = :at where id = :id and revoked_at is null";

  private static final String UPDATE_LAST_USED =
      """
      update api_keys set last_used_at = :at
      where id = :id and (last_used_at is null or last_used_at < :at)
      """;

  private final Database database;
  private final TokenCache<ApiKey> cache;
  private final LastUsedDebouncer<ApiKeyId> lastUsedDebouncer = new LastUsedDebouncer<>();

  /**
   * @param cache cache of keys by their hash
   */
  public JdbiApiKeyStore(Database database, TokenCache<ApiKey> cache) {
    this.database = database;
    this.cache = cache;
  }

  @Override
  public void add(ApiKey key, TokenHash hash) {
    var _ =
        TransactionRetry.run(
            () -> database.inTransaction("insert an API key", handle -> insert(handle, key, hash)));
  }

  @Override
  public Optional<ApiKey> find(TokenHash hash) {
    return cache.getOrLoad(
        hash,
        uncached ->
            database.query(
                "find an API key",
                handle -> findOne(handle.createQuery(BY_HASH).bind("hash", uncached.value()))));
  }

  @Override
  public List<ApiKey> list(@Nullable ApiKeyId after, int limit) {
    return database.query("list API keys", handle -> list(handle, after, limit));
  }

  @Override
  public Optional<ApiKey> revoke(ApiKeyId id, Instant at) {
    return change("revoke an API key", id, handle -> revoke(handle, id, at));
  }

  @Override
  public void updateLastUsedAt(ApiKeyId id, Instant at) {
    lastUsedDebouncer.runUnlessInProgress(
        id,
        () -> {
          var _ =
              change(
                  "update the last use of an API key",
                  id,
                  handle ->
                      handle
                          .createUpdate(UPDATE_LAST_USED)
                          .bind("id", id.value())
                          .bind("at", timestamp(at))
                          .execute());
        });
  }

  /** Runs a change and invalidates its cache entry, also if the outcome is unknown. */
  private <T> T change(String purpose, ApiKeyId id, Function<Handle, T> work) {
    try {
      return TransactionRetry.run(() -> database.inTransaction(purpose, work));
    } finally {
      cache.invalidateIf(key -> key.id().equals(id));
    }
  }

  private static int insert(Handle handle, ApiKey key, TokenHash hash) {
    return handle
        .createUpdate(INSERT)
        .bind("id", key.id().value())
        .bind("hash", hash.value())
        .bind("name", key.name())
        .bind("scopes", array("varchar", key.scopes(), Scope::wireName))
        .bind("createdBy", key.createdBy())
        .bind("createdAt", timestamp(key.createdAt()))
        .bind("expiresAt", nullableTimestamp(key.expiresAt()))
        .bind("revokedAt", nullableTimestamp(key.revokedAt()))
        .bind("lastUsedAt", nullableTimestamp(key.lastUsedAt()))
        .execute();
  }

  private static Optional<ApiKey> revoke(Handle handle, ApiKeyId id, Instant at) {
    handle.createUpdate(REVOKE).bind("id", id.value()).bind("at", timestamp(at)).execute();
    return findOne(handle.createQuery(BY_ID).bind("id", id.value()));
  }

  private static List<ApiKey> list(Handle handle, @Nullable ApiKeyId after, int limit) {
    Query query =
        after == null
            ? handle.createQuery(PAGE)
            : handle.createQuery(PAGE_AFTER).bind("after", after.value());
    return query.bind("limit", limit).map((row, context) -> IdentityRowMapper.apiKey(row)).list();
  }

  private static Optional<ApiKey> findOne(Query query) {
    return query.map((row, context) -> IdentityRowMapper.apiKey(row)).findOne();
  }
}
