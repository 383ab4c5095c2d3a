package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.textArray;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.adapters.persistence.jdbc.WriteConflictException;
import kassa.application.port.out.identity.FailedAttemptStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;

/** Counts failed sign-in attempts in a table. Thread-safe. */
public final class JdbiFailedAttemptStore implements FailedAttemptStore {

  public static final String BY_SUBJECTS =
      "select * from login_attempts where subject = any(cast(:subjects as varchar array))";

  public static final String DELETE_BEFORE =
      "delete from login_attempts where last_failed_at < :failedBefore"
          + " and (failed_attempts > 0 or last_failed_at < :succeededBefore)";

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

  private static final String SET_SUCCESS =
      "update login_attempts set failed_attempts = 0, last_failed_at = :at where subject ="
          + " :subject";

  private static final String INSERT_SUCCESS =
      "insert into login_attempts (subject, failed_attempts, last_failed_at)"
          + " values (:subject, 0, :at)";

  private static final String DELETE = "delete from login_attempts where subject = :subject";

  private final Database database;

  public JdbiFailedAttemptStore(Database database) {
    this.database = database;
  }

  @Override
  public List<FailedAttempts> find(Collection<String> subjects) {
    return subjects.isEmpty()
        ? List.of()
        : database.query("find failed attempts", handle -> find(handle, subjects));
  }

  @Override
  public void recordFailure(Collection<String> subjects, Instant at, Instant expiredBefore) {
    if (!subjects.isEmpty()) {
      var _ =
          TransactionRetry.run(() ->
              database.inTransaction(
                  "record failed attempts",
                  handle -> increment(handle, subjects, at, expiredBefore)));
    }
  }

  @Override
  public void recordSuccess(String subject, Instant at) {
    var _ =
        TransactionRetry.run(() ->
            database.inTransaction("record a success", handle -> setSuccess(handle, subject, at)));
  }

  @Override
  public void clear(String subject) {
    var _ =
        TransactionRetry.run(() ->
            database.inTransaction(
                "clear failed attempts",
                handle -> handle.createUpdate(DELETE).bind("subject", subject).execute()));
  }

  @Override
  public int purgeBefore(Instant failedBefore, Instant succeededBefore) {
    return TransactionRetry.run(() ->
        database.inTransaction(
            "purge failed attempts",
            handle ->
                handle
                    .createUpdate(DELETE_BEFORE)
                    .bind("failedBefore", timestamp(failedBefore))
                    .bind("succeededBefore", timestamp(succeededBefore))
                    .execute()));
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
   * Increments the existing counters, and inserts the missing ones. Rows are locked in the order of
   * their subjects, which prevents deadlocks.
   *
   * @throws WriteConflictException if another transaction inserted one of them first
   */
  private static int increment(
      Handle handle, Collection<String> subjects, Instant at, Instant expiredBefore) {
    List<String> sorted = List.copyOf(new TreeSet<>(subjects));
    PreparedBatch update = handle.prepareBatch(INCREMENT);
    for (String subject : sorted) {
      update
          .bind("subject", subject)
          .bind("at", timestamp(at))
          .bind("resetBefore", timestamp(expiredBefore))
          .add();
    }
    int[] updated = executeBatch(update);
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < updated.length; i++) {
      if (updated[i] == 0) {
        missing.add(sorted.get(i));
      }
    }
    insert(handle, INSERT, missing, at);
    return updated.length;
  }

  private static int setSuccess(Handle handle, String subject, Instant at) {
    int updated =
        handle
            .createUpdate(SET_SUCCESS)
            .bind("subject", subject)
            .bind("at", timestamp(at))
            .execute();
    if (updated == 0) {
      insert(handle, INSERT_SUCCESS, List.of(subject), at);
    }
    return updated;
  }

  private static void insert(Handle handle, String sql, List<String> subjects, Instant at) {
    PreparedBatch insert = handle.prepareBatch(sql);
    subjects.forEach(subject -> insert.bind("subject", subject).bind("at", timestamp(at)).add());
    try {
      executeBatch(insert);
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        throw new WriteConflictException(failure);
      }
      throw failure;
    }
  }
}
