package kassa.adapters.persistence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kassa.adapters.persistence.Persistence.Answer;
import kassa.adapters.persistence.Persistence.Answered;
import kassa.adapters.persistence.Persistence.Question;
import kassa.adapters.persistence.Persistence.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions in SQL by a user, or in a transaction, that can change nothing. May be used by
 * any number of threads. See docs/decisions/0081.
 */
final class SqlAnswers implements AutoCloseable {

  private static final Set<Integer> NUMBERS =
      Set.of(
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE);

  private static final Set<String> TOO_SLOW = Set.of("57014");

  private final Set<Statement> running = ConcurrentHashMap.newKeySet();

  /**
   * Asks.
   *
   * @param connection one that can change nothing; it is left open
   * @throws RefusedException if the database refuses the question, or takes too long
   * @throws IOException if the answer could not be taken
   */
  Answered ask(Dialect dialect, Connection connection, Question question, Answer answer)
      throws IOException {
    try (Statement statement = connection.createStatement()) {
      running.add(statement);
      Rows rows = new Rows(question, answer);
      dialect.answer(statement, question, rows);
      return rows.answered();
    } catch (SQLException refused) {
      throw new RefusedException(reason(refused, question.longest()), refused);
    } finally {
      running.removeIf(SqlAnswers::isClosed);
    }
  }

  /** Ends what is still being answered. */
  @Override
  public void close() {
    for (Statement statement : running) {
      try {
        statement.cancel();
      } catch (SQLException ended) {
        // It has its answer, or none.
      }
    }
  }

  /** Takes the rows of an answer, as many as were asked for. */
  static final class Rows {

    private final Question question;
    private final Answer answer;
    private final Instant end;
    private long taken;
    private boolean more;
    private boolean begun;

    private Rows(Question question, Answer answer) {
      this.question = question;
      this.answer = answer;
      this.end = Instant.now().plus(question.longest());
    }

    /**
     * Takes some rows.
     *
     * @return whether it wants more
     */
    boolean take(ResultSet rows) throws SQLException, IOException {
      int columns = begin(rows.getMetaData());
      while (rows.next()) {
        if (taken == question.mostRows()) {
          more = true;
          return false;
        }
        if (Instant.now().isAfter(end)) {
          throw new SQLException("the answer takes too long", "57014");
        }
        answer.row(row(rows, columns));
        taken++;
      }
      return true;
    }

    private int begin(ResultSetMetaData about) throws SQLException, IOException {
      if (!begun) {
        begun = true;
        List<Persistence.Column> columns = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
          columns.add(
              new Persistence.Column(
                  about.getColumnLabel(i).toLowerCase(Locale.ROOT),
                  NUMBERS.contains(about.getColumnType(i))));
        }
        answer.columns(columns);
      }
      return about.getColumnCount();
    }

    private static List<@Nullable String> row(ResultSet rows, int columns) throws SQLException {
      List<@Nullable String> values = new ArrayList<>(columns);
      for (int i = 1; i <= columns; i++) {
        values.add(rows.getString(i));
      }
      return values;
    }

    private Answered answered() {
      return new Answered(taken, more);
    }
  }

  /** What the driver said, in one line and without what it only says to programs. */
  private static String reason(SQLException refused, Duration longest) {
    if (TOO_SLOW.contains(String.valueOf(refused.getSQLState()))) {
      return "the answer takes longer than " + longest.toSeconds() + " s";
    }
    String told = String.valueOf(refused.getMessage());
    return told.replaceFirst("(?s); SQL statement:.*", "")
        .replaceFirst(" \\[\\d+-\\d+]$", "")
        .replaceFirst("^ERROR: ", "")
        .replaceFirst("(?s)\\n.*", "");
  }

  private static boolean isClosed(Statement statement) {
    try {
      return statement.isClosed();
    } catch (SQLException gone) {
      return true;
    }
  }
}
