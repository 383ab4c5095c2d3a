package kassa.adapters.persistence.idempotency;

import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.SqlValues;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.idempotency.StoredResponse;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/**
 * Stores idempotency records in a table: the responses of requests that carry an idempotency key.
 * Thread-safe.
 */
public final class JdbiIdempotencyStore implements IdempotencyStore {

  static final String BY_KEY =
      """
      select
        request_fingerprint, response_status, response_location, response_etag, response_body
      from idempotency_records
      where caller = :caller and idempotency_key = :key
      """;

  static final String DELETE_EXPIRED =
      """
      delete from idempotency_records where (caller, idempotency_key) in (
        select caller, idempotency_key from idempotency_records
        where created_at < :createdBefore
        order by created_at
        fetch first :limit rows only)
      """;

  private static final String INSERT =
      """
      insert into idempotency_records (
        caller, idempotency_key, request_fingerprint, response_status, response_location,
        response_etag, response_body, created_at)
      values (:caller, :key, :fingerprint, :status, :location, :etag, :body, :createdAt)
      """;

  /** An idempotency key already has a response. */
  public static final class IdempotencyKeyTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private IdempotencyKeyTakenException(StatementException cause) {
      super("an idempotency key already has a response", cause);
    }
  }

  private final Database database;

  public JdbiIdempotencyStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<IdempotencyRecord> find(IdempotencyKey key) {
    return database.query("find an idempotency record", handle -> find(handle, key));
  }

  @Override
  public boolean store(IdempotencyRecord idempotencyRecord, Instant at) {
    return orElseIfKeyTaken(
        () ->
            TransactionRetry.run(() ->
                database.inTransaction(
                    "store an idempotency record",
                    handle -> {
                      insert(handle, List.of(idempotencyRecord), at);
                      return true;
                    })),
        false);
  }

  @Override
  public int purge(Instant before, int limit) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "purge idempotency records",
            handle ->
                handle
                    .createUpdate(DELETE_EXPIRED)
                    .bind("createdBefore", timestamp(before))
                    .bind("limit", limit)
                    .execute()));
  }

  public static Optional<IdempotencyRecord> find(Handle handle, IdempotencyKey key) {
    return handle
        .createQuery(BY_KEY)
        .bind("caller", key.caller())
        .bind("key", key.text())
        .map((row, context) ->
            new IdempotencyRecord(
                key,
                row.getString("request_fingerprint"),
                new StoredResponse(
                    row.getInt("response_status"),
                    row.getString("response_location"),
                    row.getString("response_etag"),
                    row.getString("response_body"))))
        .findOne();
  }

  /**
   * Runs work that stores an idempotency record in its transaction.
   *
   * @param work rolls back and throws if the key already has a response
   * @param fallback the result if the key already has a response
   */
  public static <T> T orElseIfKeyTaken(Supplier<T> work, T fallback) {
    try {
      return work.get();
    } catch (IdempotencyKeyTakenException keyTaken) {
      return fallback;
    }
  }

  /**
   * Inserts a record in the transaction of the change that it belongs to.
   *
   * @param idempotencyRecord {@code null} for a request without a key
   * @throws IdempotencyKeyTakenException if the key already has a response; the transaction must be
   *     rolled back
   */
  public static void insert(
      Handle handle, @Nullable IdempotencyRecord idempotencyRecord, Instant at) {
    if (idempotencyRecord != null) {
      insert(handle, List.of(idempotencyRecord), at);
    }
  }

  /**
   * Inserts records in the transaction of the changes that they belong to.
   *
   * @throws IdempotencyKeyTakenException if one of the keys already has a response; the transaction
   *     must be rolled back
   */
  public static void insert(Handle handle, List<IdempotencyRecord> records, Instant at) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (IdempotencyRecord record : records) {
      batch
          .bind("caller", record.key().caller())
          .bind("key", record.key().text())
          .bind("fingerprint", record.fingerprint())
          .bind("status", record.response().status())
          .bind("location", record.response().location())
          .bind("etag", record.response().entityTag())
          .bind("body", record.response().body())
          .bind("createdAt", timestamp(at))
          .add();
    }
    try {
      SqlValues.executeBatch(batch);
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        throw new IdempotencyKeyTakenException(failure);
      }
      throw failure;
    }
  }
}
