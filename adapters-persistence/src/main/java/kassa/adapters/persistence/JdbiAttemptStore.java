package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.execute;
import static kassa.adapters.persistence.SqlValues.instant;
import static kassa.adapters.persistence.SqlValues.texts;
import static kassa.adapters.persistence.SqlValues.utc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import kassa.application.port.out.AttemptStore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;

/** Counts attempts in a table. May be used by any number of threads. */
final class JdbiAttemptStore implements AttemptStore {

  static final String BY_SUBJECTS =
      "select * from login_attempts where subject = any(cast(:subjects as varchar array))";

  static final String FORGET_BEFORE = "delete from login_attempts where last_at < :time";

  private static final String COUNT =
      """
      update login_attempts set
        attempts = case when last_at < :forgetBefore then 1 else attempts + 1 end,
        last_at = greatest(last_at, :at)
      where subject = :subject
      """;

  private static final String INSERT =
      "insert into login_attempts (subject, attempts, last_at) values (:subject, 1, :at)";

  private static final String FORGET = "delete from login_attempts where subject = :subject";

  private static final Set<String> TAKEN = Set.of("23505");

  private final Database database;

  JdbiAttemptStore(Database database) {
    this.database = database;
  }

  @Override
  public List<Attempts> find(Collection<String> subjects) {
    return subjects.isEmpty()
        ? List.of()
        : database.ask("find attempts", handle -> find(handle, subjects));
  }

  @Override
  public void failed(Collection<String> subjects, Instant at, Instant forgetBefore) {
    if (!subjects.isEmpty()) {
      var _ =
          Retries.run(() ->
              database.change(
                  "count attempts", handle -> count(handle, subjects, at, forgetBefore)));
    }
  }

  @Override
  public void forget(String subject) {
    var _ =
        Retries.run(() ->
            database.change(
                "forget attempts",
                handle -> handle.createUpdate(FORGET).bind("subject", subject).execute()));
  }

  @Override
  public int forgetBefore(Instant time) {
    return Retries.run(() ->
        database.change(
            "forget old attempts",
            handle -> handle.createUpdate(FORGET_BEFORE).bind("time", utc(time)).execute()));
  }

  private static List<Attempts> find(Handle handle, Collection<String> subjects) {
    return handle
        .createQuery(BY_SUBJECTS)
        .bind("subjects", texts(subjects))
        .map((row, context) ->
            new Attempts(row.getString("subject"), row.getInt("attempts"), instant(row, "last_at")))
        .list();
  }

  /**
   * Counts one more for those that are there, in the order of all, and makes the others.
   *
   * @throws OvertakenException if another made one of them meanwhile
   */
  private static int count(
      Handle handle, Collection<String> subjects, Instant at, Instant forgetBefore) {
    List<String> sorted = List.copyOf(new TreeSet<>(subjects));
    PreparedBatch update = handle.prepareBatch(COUNT);
    for (String subject : sorted) {
      update
          .bind("subject", subject)
          .bind("at", utc(at))
          .bind("forgetBefore", utc(forgetBefore))
          .add();
    }
    int[] counted = execute(update);
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
    subjects.forEach(subject -> insert.bind("subject", subject).bind("at", utc(at)).add());
    try {
      execute(insert);
    } catch (StatementException refused) {
      if (Outages.hasState(refused, TAKEN)) {
        throw new OvertakenException(refused);
      }
      throw refused;
    }
  }
}
