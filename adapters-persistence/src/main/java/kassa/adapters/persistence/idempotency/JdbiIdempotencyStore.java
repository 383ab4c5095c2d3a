package kassa.adapters.persistence.idempotency;

import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

/** Keeps answers in a table. May be used by any number of threads. */
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

  private static final Set<String> UNIQUE_VIOLATION = Set.of("23505");

  /** There is an answer under the key of one of the calls already. */
  public static final class IdempotencyKeyTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private IdempotencyKeyTakenException(StatementException refused) {
      super("there is an answer under one of the keys already", refused);
    }
  }

  private final Database database;

  public JdbiIdempotencyStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<IdempotencyRecord> find(IdempotencyKey key) {
    return database.query("find an answer", handle -> find(handle, key));
  }

  @Override
  public boolean store(IdempotencyRecord answer, Instant at) {
    return orElseIfKeyTaken(
        () ->
            TransactionRetry.run(() ->
                database.inTransaction(
                    "keep an answer",
                    handle -> {
                      insert(handle, List.of(answer), at);
                      return true;
                    })),
        false);
  }

  @Override
  public int purge(Instant before, int limit) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "forget old answers",
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
   * What comes of work that keeps an answer with what it does.
   *
   * @param work throws when there is an answer under the key already, and leaves nothing behind
   */
  public static <T> T orElseIfKeyTaken(Supplier<T> work, T otherwise) {
    try {
      return work.get();
    } catch (IdempotencyKeyTakenException taken) {
      return otherwise;
    }
  }

  /** Keeps an answer as below, if there is one to be kept. */
  public static void insert(Handle handle, @Nullable IdempotencyRecord answer, Instant at) {
    if (answer != null) {
      insert(handle, List.of(answer), at);
    }
  }

  /**
   * Keeps answers, within the transaction of what they tell.
   *
   * @throws IdempotencyKeyTakenException if there is one under one of the keys already; the
   *     transaction is lost then
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
    } catch (StatementException refused) {
      if (SqlExceptionTranslator.hasSqlState(refused, UNIQUE_VIOLATION)) {
        throw new IdempotencyKeyTakenException(refused);
      }
      throw refused;
    }
  }
}
