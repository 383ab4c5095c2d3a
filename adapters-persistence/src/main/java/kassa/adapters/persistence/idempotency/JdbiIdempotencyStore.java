package kassa.adapters.persistence.idempotency;

import static java.util.Comparator.comparing;
import static kassa.adapters.persistence.jdbc.SqlValues.array;
import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.timestampArray;
import static kassa.adapters.persistence.jdbc.SqlValues.utc;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.TableInsert;
import kassa.adapters.persistence.jdbc.TableInsert.Column;
import kassa.adapters.persistence.jdbc.TableInsert.ColumnType;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyKeyTakenException;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotencyStore;
import kassa.application.idempotency.IdempotentRequest;
import kassa.domain.order.OrderId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Stores idempotency records in a table: the results of requests that carry an idempotency key.
 * Thread-safe.
 */
public final class JdbiIdempotencyStore implements IdempotencyStore {

  static final String BY_KEY =
      """
      select request_fingerprint, created_at, order_id, response
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

  private static final TableInsert TABLE =
      TableInsert.into(
          "idempotency_records",
          new Column("caller", ColumnType.VARCHAR),
          new Column("idempotency_key", ColumnType.VARCHAR),
          new Column("request_fingerprint", ColumnType.VARCHAR),
          new Column("created_at", ColumnType.TIMESTAMP),
          new Column("order_id", ColumnType.UUID),
          new Column("response", ColumnType.VARCHAR));

  private static final String DELETE =
      "delete from idempotency_records where caller = :caller and idempotency_key = :key";

  private static final String INSERT =
      """
      insert into idempotency_records (
        caller, idempotency_key, request_fingerprint, created_at, order_id, response)
      select n.caller, n.idempotency_key, n.request_fingerprint, n.created_at, n.order_id, n.response
      from unnest(
        cast(:callers as varchar array),
        cast(:keys as varchar array),
        cast(:fingerprints as varchar array),
        cast(:createdAt as timestamp(6) with time zone array),
        cast(:orders as uuid array),
        cast(:responses as varchar array))
      as n(caller, idempotency_key, request_fingerprint, created_at, order_id, response)
      """;

  /** Waits for a concurrent insert of the same key. */
  private static final String INSERT_NEW_ON_POSTGRESQL =
      INSERT + "on conflict do nothing returning caller, idempotency_key";

  /** On H2, write transactions run one after another. */
  private static final String INSERT_NEW_ON_H2 =
      "select caller, idempotency_key from final table (\n"
          + INSERT
          + """
          where not exists (
            select 1 from idempotency_records r
            where r.caller = n.caller and r.idempotency_key = n.idempotency_key))
          """;

  private final Database database;

  public JdbiIdempotencyStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<IdempotencyRecord> find(IdempotencyKey key) {
    return database.query(
        "find an idempotency record",
        handle ->
            handle
                .createQuery(BY_KEY)
                .bind("caller", key.caller())
                .bind("key", key.text())
                .map((row, context) -> toRecord(key, row))
                .findOne());
  }

  @Override
  public void store(IdempotencyRecord idempotencyRecord) {
    TransactionRetry.run(() ->
        database.inTransaction(
            "store an idempotency record",
            handle -> {
              insert(handle, database.dialect(), idempotencyRecord);
              return true;
            }));
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

  /**
   * Inserts a record in the transaction of the change that it belongs to.
   *
   * @param idempotencyRecord {@code null} for a request without a key
   * @throws IdempotencyKeyTakenException if the key already has a record; the transaction must be
   *     rolled back
   */
  public static void insert(
      Handle handle, Dialect dialect, @Nullable IdempotencyRecord idempotencyRecord) {
    if (idempotencyRecord != null
        && insertNew(handle, dialect, List.of(idempotencyRecord)).isEmpty()) {
      throw new IdempotencyKeyTakenException();
    }
  }

  /**
   * Inserts records in the transaction of the changes that they belong to, in the order of their
   * keys, which prevents deadlocks. Of several records with the same key, it inserts the first.
   *
   * @return the keys that had no record; modifiable
   */
  public static Set<IdempotencyKey> insertNew(
      Handle handle, Dialect dialect, List<IdempotencyRecord> records) {
    SortedMap<IdempotencyKey, IdempotencyRecord> sorted = new TreeMap<>();
    records.forEach(record -> sorted.putIfAbsent(record.key(), record));
    Collection<IdempotencyRecord> rows = sorted.values();
    return rows.isEmpty()
        ? new HashSet<>()
        : handle
            .createQuery(
                dialect == Dialect.POSTGRESQL ? INSERT_NEW_ON_POSTGRESQL : INSERT_NEW_ON_H2)
            .bind("callers", array("varchar", rows, row -> row.key().caller()))
            .bind("keys", array("varchar", rows, row -> row.key().text()))
            .bind("fingerprints", array("varchar", rows, row -> row.request().fingerprint()))
            .bind(
                "createdAt",
                timestampArray(rows.stream().map(IdempotencyRecord::createdAt).toList()))
            .bind("orders", array("uuid", rows, JdbiIdempotencyStore::order))
            .bind("responses", array("varchar", rows, JdbiIdempotencyStore::response))
            .map((row, context) -> new IdempotencyKey(row.getString(1), row.getString(2)))
            .collect(Collectors.toCollection(HashSet::new));
  }

  /**
   * Adds records to the rows of a batch, in the order of their keys, which prevents deadlocks. The
   * batch fails if a key has a record already, or occurs twice.
   */
  public static void add(TableInsert.Batch batch, List<IdempotencyRecord> records) {
    TableInsert.Rows rows = batch.rows(TABLE);
    records.stream()
        .sorted(comparing(IdempotencyRecord::key))
        .forEach(row ->
            rows.add(
                row.key().caller(),
                row.key().text(),
                row.request().fingerprint(),
                utc(row.createdAt()),
                order(row),
                response(row)));
  }

  /** Deletes the records of changes that are not made, in the transaction that inserted them. */
  public static void delete(Handle handle, List<IdempotencyRecord> records) {
    for (IdempotencyRecord record : records) {
      handle
          .createUpdate(DELETE)
          .bind("caller", record.key().caller())
          .bind("key", record.key().text())
          .execute();
    }
  }

  private static IdempotencyRecord toRecord(IdempotencyKey key, ResultSet row) throws SQLException {
    UUID order = uuid(row, "order_id");
    return new IdempotencyRecord(
        new IdempotentRequest(key, row.getString("request_fingerprint")),
        instant(row, "created_at"),
        order == null
            ? new Result.Response(row.getString("response"))
            : new Result.PlacedOrder(new OrderId(order)));
  }

  private static @Nullable UUID order(IdempotencyRecord row) {
    return row.result() instanceof Result.PlacedOrder(OrderId id) ? id.value() : null;
  }

  private static @Nullable String response(IdempotencyRecord row) {
    return row.result() instanceof Result.Response(String content) ? content : null;
  }
}
