package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Adds up calls in a table. May be used by any number of threads. */
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

  private static final Set<String> UNIQUE_VIOLATION = Set.of("23505");

  private final Database database;

  public JdbiRateLimitStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, Long> mergeCounts(UUID node, Instant minute, Map<String, Long> counted) {
    return counted.isEmpty()
        ? database.query("read calls", handle -> countsOfOtherNodes(handle, node, minute))
        : TransactionRetry.run(() ->
            database.inTransaction(
                "exchange calls",
                handle -> {
                  writeCounts(handle, node, minute, counted);
                  return countsOfOtherNodes(handle, node, minute);
                }));
  }

  @Override
  public int purgeBefore(Instant time) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "forget old calls",
            handle -> handle.createUpdate(DELETE_BEFORE).bind("time", timestamp(time)).execute()));
  }

  /**
   * Raises the numbers that are there, in the order of all, and writes the others.
   *
   * @throws WriteConflictException if one of them came there meanwhile: what was told before and
   *     was thought lost may still have arrived
   */
  private static void writeCounts(
      Handle handle, UUID node, Instant minute, Map<String, Long> counted) {
    List<String> callers = List.copyOf(new TreeSet<>(counted.keySet()));
    int[] updated = executeBatch(batch(handle, UPDATE, node, minute, counted, callers));
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < updated.length; i++) {
      if (updated[i] == 0) {
        missing.add(callers.get(i));
      }
    }
    try {
      executeBatch(batch(handle, INSERT, node, minute, counted, missing));
    } catch (StatementException refused) {
      if (SqlExceptionTranslator.hasSqlState(refused, UNIQUE_VIOLATION)) {
        throw new WriteConflictException(refused);
      }
      throw refused;
    }
  }

  private static PreparedBatch batch(
      Handle handle,
      String sql,
      UUID node,
      Instant minute,
      Map<String, Long> counted,
      List<String> callers) {
    PreparedBatch batch = handle.prepareBatch(sql);
    for (String caller : callers) {
      batch
          .bind("windowStart", timestamp(minute))
          .bind("nodeId", node)
          .bind("caller", caller)
          .bind("requestCount", counted.get(caller))
          .add();
    }
    return batch;
  }

  private static Map<String, Long> countsOfOtherNodes(Handle handle, UUID node, Instant minute) {
    return handle
        .createQuery(COUNTS_OF_OTHER_NODES)
        .bind("windowStart", timestamp(minute))
        .bind("nodeId", node)
        .map((row, context) -> Map.entry(row.getString("caller"), row.getLong("total_requests")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
