package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.execute;
import static kassa.adapters.persistence.SqlValues.utc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import kassa.application.port.out.CallTally;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;

/** Adds up calls in a table. May be used by any number of threads. */
final class JdbiCallTally implements CallTally {

  static final String OF_OTHERS =
      """
      select caller, sum(calls) as all_calls from call_counts
      where begins_at = :minute and node <> :node
      group by caller
      """;

  static final String FORGET_BEFORE = "delete from call_counts where begins_at < :time";

  private static final String COUNT =
      """
      update call_counts set calls = greatest(calls, :calls)
      where begins_at = :minute and node = :node and caller = :caller
      """;

  private static final String INSERT =
      """
      insert into call_counts (begins_at, node, caller, calls)
      values (:minute, :node, :caller, :calls)
      """;

  private static final Set<String> TAKEN = Set.of("23505");

  private final Database database;

  JdbiCallTally(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, Long> exchange(UUID node, Instant minute, Map<String, Long> counted) {
    return counted.isEmpty()
        ? database.ask("read calls", handle -> ofOthers(handle, node, minute))
        : Retries.run(() ->
            database.change(
                "exchange calls",
                handle -> {
                  count(handle, node, minute, counted);
                  return ofOthers(handle, node, minute);
                }));
  }

  @Override
  public int forgetBefore(Instant time) {
    return Retries.run(() ->
        database.change(
            "forget old calls",
            handle -> handle.createUpdate(FORGET_BEFORE).bind("time", utc(time)).execute()));
  }

  /**
   * Raises the numbers that are there, in the order of all, and writes the others.
   *
   * @throws OvertakenException if one of them came there meanwhile: what was told before and was
   *     thought lost may still have arrived
   */
  private static void count(Handle handle, UUID node, Instant minute, Map<String, Long> counted) {
    List<String> callers = List.copyOf(new TreeSet<>(counted.keySet()));
    int[] there = execute(batch(handle, COUNT, node, minute, counted, callers));
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < there.length; i++) {
      if (there[i] == 0) {
        missing.add(callers.get(i));
      }
    }
    try {
      execute(batch(handle, INSERT, node, minute, counted, missing));
    } catch (StatementException refused) {
      if (Outages.hasState(refused, TAKEN)) {
        throw new OvertakenException(refused);
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
          .bind("minute", utc(minute))
          .bind("node", node)
          .bind("caller", caller)
          .bind("calls", counted.get(caller))
          .add();
    }
    return batch;
  }

  private static Map<String, Long> ofOthers(Handle handle, UUID node, Instant minute) {
    return handle
        .createQuery(OF_OTHERS)
        .bind("minute", utc(minute))
        .bind("node", node)
        .map((row, context) -> Map.entry(row.getString("caller"), row.getLong("all_calls")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
