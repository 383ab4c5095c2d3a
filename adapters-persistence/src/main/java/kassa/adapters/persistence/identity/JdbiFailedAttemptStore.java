package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.textArray;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.application.port.out.identity.FailedAttemptStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;

/** Counts attempts in a table. May be used by any number of threads. */
public final class JdbiFailedAttemptStore implements FailedAttemptStore {

  public static final String BY_SUBJECTS =
      "select * from login_attempts where subject = any(cast(:subjects as varchar array))";

  public static final String DELETE_BEFORE =
      "delete from login_attempts where last_failed_at < :time";

  private static final String INCREMENT =
      """
      update login_attempts set
        failed_attempts = case
          when last_failed_at < :resetBefore then 1 else failed_attempts + 1
        end,
        last_failed_at = greatest(last_failed_at, :at)
      where subject = :subject
      """;

  private static final String INSERT =
      """
      insert into login_attempts (subject, failed_attempts, last_failed_at)
      values (:subject, 1, :at)
      """;

  private static final String DELETE = "delete from login_attempts where subject = :subject";

  private static final Set<String> UNIQUE_VIOLATION = Set.of("23505");

  private final Database database;

  public JdbiFailedAttemptStore(Database database) {
    this.database = database;
  }

  @Override
  public List<FailedAttempts> find(Collection<String> subjects) {
    return subjects.isEmpty()
        ? List.of()
        : database.query("find attempts", handle -> find(handle, subjects));
  }

  @Override
  public void recordFailure(Collection<String> subjects, Instant at, Instant forgetBefore) {
    if (!subjects.isEmpty()) {
      var _ =
          TransactionRetry.run(() ->
              database.inTransaction(
                  "count attempts", handle -> increment(handle, subjects, at, forgetBefore)));
    }
  }

  @Override
  public void clear(String subject) {
    var _ =
        TransactionRetry.run(() ->
            database.inTransaction(
                "forget attempts",
                handle -> handle.createUpdate(DELETE).bind("subject", subject).execute()));
  }

  @Override
  public int purgeBefore(Instant time) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "forget old attempts",
            handle -> handle.createUpdate(DELETE_BEFORE).bind("time", timestamp(time)).execute()));
  }

  private static List<FailedAttempts> find(Handle handle, Collection<String> subjects) {
    return handle
        .createQuery(BY_SUBJECTS)
        .bind("subjects", textArray(subjects))
        .map((row, context) ->
            new FailedAttempts(
                row.getString("subject"),
                row.getInt("failed_attempts"),
                instant(row, "last_failed_at")))
        .list();
  }

  /**
   * Counts one more for those that are there, in the order of all, and makes the others.
   *
   * @throws WriteConflictException if another made one of them meanwhile
   */
  private static int increment(
      Handle handle, Collection<String> subjects, Instant at, Instant forgetBefore) {
    List<String> sorted = List.copyOf(new TreeSet<>(subjects));
    PreparedBatch update = handle.prepareBatch(INCREMENT);
    for (String subject : sorted) {
      update
          .bind("subject", subject)
          .bind("at", timestamp(at))
          .bind("resetBefore", timestamp(forgetBefore))
          .add();
    }
    int[] counted = executeBatch(update);
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < counted.length; i++) {
      if (counted[i] == 0) {
        missing.add(sorted.get(i));
      }
    }
    insert(handle, missing, at);
    return counted.length;
  }

  private static void insert(Handle handle, List<String> subjects, Instant at) {
    PreparedBatch insert = handle.prepareBatch(INSERT);
    subjects.forEach(subject -> insert.bind("subject", subject).bind("at", timestamp(at)).add());
    try {
      executeBatch(insert);
    } catch (StatementException refused) {
      if (SqlExceptionTranslator.hasSqlState(refused, UNIQUE_VIOLATION)) {
        throw new WriteConflictException(refused);
      }
      throw refused;
    }
  }
}
