package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.array;
import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.utcOrNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import kassa.application.port.out.ApiKeyStore;
import kassa.application.port.out.TokenHash;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.identity.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the keys of programs in a table, and what was found of them in memory for a moment. May be
 * used by any number of threads.
 */
final class JdbiApiKeyStore implements ApiKeyStore {

  static final String BY_HASH = "select * from api_keys where key_hash = :hash";

  static final String BY_ID = "select * from api_keys where id = :id";

  static final String RISING = "select * from api_keys order by id fetch first :limit rows only";

  static final String RISING_AFTER =
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

  private static final String TOUCH =
      """
      update api_keys set last_used_at = :at
      where id = :id and (last_used_at is null or last_used_at < :at)
      """;

  private final Database database;
  private final TokenCache<ApiKey> remembered;
  private final Touches<ApiKeyId> touches = new Touches<>();

  /**
   * @param remembered what the hashes were found to be
   */
  JdbiApiKeyStore(Database database, TokenCache<ApiKey> remembered) {
    this.database = database;
    this.remembered = remembered;
  }

  @Override
  public void add(ApiKey key, TokenHash hash) {
    var _ =
        Retries.run(() -> database.change("keep an API key", handle -> insert(handle, key, hash)));
  }

  @Override
  public Optional<ApiKey> find(TokenHash hash) {
    return remembered.find(
        hash,
        unknown ->
            database.ask(
                "find an API key",
                handle -> one(handle.createQuery(BY_HASH).bind("hash", unknown.value()))));
  }

  @Override
  public List<ApiKey> list(@Nullable ApiKeyId after, int limit) {
    return database.ask("list API keys", handle -> list(handle, after, limit));
  }

  @Override
  public Optional<ApiKey> revoke(ApiKeyId id, Instant at) {
    return change("revoke an API key", id, handle -> revoke(handle, id, at));
  }

  @Override
  public void touch(ApiKeyId id, Instant at) {
    touches.note(
        id,
        () -> {
          var _ =
              change(
                  "note that an API key was used",
                  id,
                  handle ->
                      handle
                          .createUpdate(TOUCH)
                          .bind("id", id.value())
                          .bind("at", utc(at))
                          .execute());
        });
  }

  /** Makes a change, and forgets what it made untrue, also when nobody knows whether it is made. */
  private <T> T change(String purpose, ApiKeyId id, Function<Handle, T> work) {
    try {
      return Retries.run(() -> database.change(purpose, work));
    } finally {
      remembered.forget(key -> key.id().equals(id));
    }
  }

  private static int insert(Handle handle, ApiKey key, TokenHash hash) {
    return handle
        .createUpdate(INSERT)
        .bind("id", key.id().value())
        .bind("hash", hash.value())
        .bind("name", key.name())
        .bind("scopes", array("varchar", key.scopes(), Scope::word))
        .bind("createdBy", key.createdBy())
        .bind("createdAt", utc(key.createdAt()))
        .bind("expiresAt", utcOrNull(key.expiresAt()))
        .bind("revokedAt", utcOrNull(key.revokedAt()))
        .bind("lastUsedAt", utcOrNull(key.lastUsedAt()))
        .execute();
  }

  private static Optional<ApiKey> revoke(Handle handle, ApiKeyId id, Instant at) {
    handle.createUpdate(REVOKE).bind("id", id.value()).bind("at", utc(at)).execute();
    return one(handle.createQuery(BY_ID).bind("id", id.value()));
  }

  private static List<ApiKey> list(Handle handle, @Nullable ApiKeyId after, int limit) {
    Query query =
        after == null
            ? handle.createQuery(RISING)
            : handle.createQuery(RISING_AFTER).bind("after", after.value());
    return query.bind("limit", limit).map((row, context) -> IdentityRows.key(row)).list();
  }

  private static Optional<ApiKey> one(Query query) {
    return query.map((row, context) -> IdentityRows.key(row)).findOne();
  }
}
