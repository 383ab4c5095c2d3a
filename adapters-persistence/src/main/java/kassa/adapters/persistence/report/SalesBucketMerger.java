package kassa.adapters.persistence.report;

import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kassa.adapters.persistence.jdbc.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Merges the rows of sales buckets that many transactions wrote into one row each. The sums stay
 * the same at every moment: rows are deleted and their sum inserted in one transaction, and only if
 * no other node has merged them meanwhile. Thread-safe.
 */
public final class SalesBucketMerger {

  /** Limits the time that a transaction takes; on H2 other writes wait for it. */
  private static final int MAX_ROWS = 2_000;

  private static final List<String> SUMS =
      List.of(
          "orders",
          "units",
          "gross",
          "discounts",
          "net",
          "tax",
          "refunds",
          "refunded_tax",
          "refunds_by_date",
          "refunded_tax_by_date",
          "changes");

  private static final String UNMERGED =
      """
      select quarter_hour from sales_buckets
      group by quarter_hour, currency having count(*) > 1
      order by quarter_hour
      fetch first %s rows only
      """
          .formatted(MAX_ROWS);

  private static final String ROWS =
      "select id, quarter_hour, currency, "
          + String.join(", ", SUMS)
          + " from sales_buckets where quarter_hour >= :from and quarter_hour <= :to"
          + " order by quarter_hour, currency, id fetch first "
          + MAX_ROWS
          + " rows only";

  private static final String DELETE =
      "delete from sales_buckets where id = any(cast(:ids as bigint array))";

  private static final String INSERT =
      "insert into sales_buckets (quarter_hour, currency, "
          + String.join(", ", SUMS)
          + ") values (:quarter_hour, :currency, :"
          + String.join(", :", SUMS)
          + ")";

  private record Key(long quarterHour, String currency) {}

  private record Row(long id, Key key, List<BigDecimal> sums) {

    static Row of(ResultSet row) throws SQLException {
      List<BigDecimal> sums = new ArrayList<>(SUMS.size());
      for (String column : SUMS) {
        sums.add(row.getBigDecimal(column));
      }
      return new Row(
          row.getLong("id"), new Key(row.getLong("quarter_hour"), row.getString("currency")), sums);
    }
  }

  private final Database database;

  public SalesBucketMerger(Database database) {
    this.database = database;
  }

  /**
   * Merges all rows that can be merged, in short transactions.
   *
   * @throws kassa.application.port.out.StoreUnavailableException if the database is unavailable
   */
  public void merge() {
    List<Long> unmerged = listUnmerged();
    while (!unmerged.isEmpty()) {
      long last = unmerged.getLast();
      long from = unmerged.getFirst();
      while (from <= last) {
        long start = from;
        from =
            database.inTransaction("merge sales buckets", handle -> mergeFrom(handle, start, last));
      }
      unmerged = listUnmerged();
    }
  }

  private List<Long> listUnmerged() {
    return database.query(
        "list sales buckets", handle -> handle.createQuery(UNMERGED).mapTo(Long.class).list());
  }

  /**
   * Merges the first rows of a range.
   *
   * @return the quarter of an hour to continue from
   */
  private static long mergeFrom(Handle handle, long from, long to) {
    List<Row> rows =
        handle
            .createQuery(ROWS)
            .bind("from", from)
            .bind("to", to)
            .map((row, context) -> Row.of(row))
            .list();
    if (rows.isEmpty()) {
      return to + 1;
    }
    Map<Key, List<Row>> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row));
    List<List<Row>> mergeable = byKey.values().stream().filter(group -> group.size() > 1).toList();
    replace(handle, mergeable);
    long last = rows.getLast().key().quarterHour();
    // The last quarter of an hour may continue in the next rows; it is read again.
    return rows.size() < MAX_ROWS ? to + 1 : mergeable.isEmpty() ? last + 1 : last;
  }

  private static void replace(Handle handle, List<List<Row>> groups) {
    Long[] ids = groups.stream().flatMap(List::stream).map(Row::id).toArray(Long[]::new);
    if (ids.length == 0) {
      return;
    }
    int deleted =
        handle.createUpdate(DELETE).bindArray("ids", Long.class, (Object[]) ids).execute();
    if (deleted != ids.length) {
      // Another node has merged some of the rows.
      handle.rollback();
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (List<Row> group : groups) {
      batch
          .bind("quarter_hour", group.getFirst().key().quarterHour())
          .bind("currency", group.getFirst().key().currency());
      for (int i = 0; i < SUMS.size(); i++) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Row row : group) {
          sum = sum.add(row.sums().get(i));
        }
        batch.bind(SUMS.get(i), sum);
      }
      batch.add();
    }
    executeBatch(batch);
  }
}
