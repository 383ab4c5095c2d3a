package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.application.port.out.identity.RateLimitStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;

/** Rate limit counters of all nodes in a table. Thread-safe. */
public final class JdbiRateLimitStore implements RateLimitStore {

  public static final String COUNTS_OF_OTHER_NODES =
      """
      select caller, sum(request_count) as total_requests from rate_limit_counters
      where window_start = :windowStart and node_id <> :nodeId
      group by caller
      """;

  public static final String DELETE_BEFORE =
      "delete from rate_limit_counters where window_start < :time";

  private static final String UPDATE =
      """
      update rate_limit_counters set request_count = greatest(request_count, :requestCount)
      where window_start = :windowStart and node_id = :nodeId and caller = :caller
      """;

  private static final String INSERT =
      """
      insert into rate_limit_counters (window_start, node_id, caller, request_count)
      values (:windowStart, :nodeId, :caller, :requestCount)
      """;

  private final Database database;

  public JdbiRateLimitStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, Long> mergeCounts(UUID node, Instant windowStart, Map<String, Long> counts) {
    return counts.isEmpty()
        ? database.query(
            "read rate limit counters", handle -> countsOfOtherNodes(handle, node, windowStart))
        : TransactionRetry.run(() ->
            database.inTransaction(
                "sync rate limit counters",
                handle -> {
                  writeCounts(handle, node, windowStart, counts);
                  return countsOfOtherNodes(handle, node, windowStart);
                }));
  }

  @Override
  public int purgeBefore(Instant time) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "purge rate limit counters",
            handle -> handle.createUpdate(DELETE_BEFORE).bind("time", timestamp(time)).execute()));
  }

  /**
   * Raises the existing counters, and inserts the missing ones. Rows are locked in the order of
   * their callers, which prevents deadlocks.
   *
   * @throws WriteConflictException if one of them exists meanwhile: an earlier write with an
   *     unknown outcome may still have been committed
   */
  private static void writeCounts(
      Handle handle, UUID node, Instant windowStart, Map<String, Long> counts) {
    List<String> callers = List.copyOf(new TreeSet<>(counts.keySet()));
    int[] updated = executeBatch(batch(handle, UPDATE, node, windowStart, counts, callers));
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < updated.length; i++) {
      if (updated[i] == 0) {
        missing.add(callers.get(i));
      }
    }
    try {
      executeBatch(batch(handle, INSERT, node, windowStart, counts, missing));
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        throw new WriteConflictException(failure);
      }
      throw failure;
    }
  }

  private static PreparedBatch batch(
      Handle handle,
      String sql,
      UUID node,
      Instant windowStart,
      Map<String, Long> counts,
      List<String> callers) {
    PreparedBatch batch = handle.prepareBatch(sql);
    for (String caller : callers) {
      batch
          .bind("windowStart", timestamp(windowStart))
          .bind("nodeId", node)
          .bind("caller", caller)
          .bind("requestCount", counts.get(caller))
          .add();
    }
    return batch;
  }

  private static Map<String, Long> countsOfOtherNodes(
      Handle handle, UUID node, Instant windowStart) {
    return handle
        .createQuery(COUNTS_OF_OTHER_NODES)
        .bind("windowStart", timestamp(windowStart))
        .bind("nodeId", node)
        .map((row, context) -> Map.entry(row.getString("caller"), row.getLong("total_requests")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
