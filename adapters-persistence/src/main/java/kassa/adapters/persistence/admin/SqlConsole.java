package kassa.adapters.persistence.admin;

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
import kassa.adapters.persistence.jdbc.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions in SQL by a user, or in a transaction, that can change nothing. May be used by
 * any number of threads. See docs/decisions/0081.
 */
final class SqlConsole implements AutoCloseable {

  private static final Set<Integer> NUMERIC_TYPES =
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

  private static final Set<String> TIMEOUT_STATES = Set.of("57014");

  private final Set<Statement> running = ConcurrentHashMap.newKeySet();

  /**
   * Asks.
   *
   * @param connection one that can change nothing; it is left open
   * @throws DatabaseAdminException if the database refuses the question, or takes too long
   * @throws IOException if the answer could not be taken
   */
  QuerySummary query(Dialect dialect, Connection connection, SqlQuery query, ResultSink sink)
      throws IOException {
    try (Statement statement = connection.createStatement()) {
      running.add(statement);
      RowForwarder rows = new RowForwarder(query, sink);
      switch (dialect) {
        case H2 -> H2ReadOnlyQuery.run(statement, query, rows);
        case POSTGRESQL -> PostgresReadOnlyQuery.run(statement, query, rows);
      }
      return rows.summary();
    } catch (SQLException failure) {
      throw new DatabaseAdminException(errorMessage(failure, query.timeout()), failure);
    } finally {
      running.removeIf(SqlConsole::isClosed);
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
  public static final class RowForwarder {

    private final SqlQuery query;
    private final ResultSink sink;
    private final Instant deadline;
    private long rowCount;
    private boolean hasMore;
    private boolean columnsWritten;

    private RowForwarder(SqlQuery query, ResultSink sink) {
      this.query = query;
      this.sink = sink;
      this.deadline = Instant.now().plus(query.timeout());
    }

    /**
     * Takes some rows.
     *
     * @return whether it wants more
     */
    boolean forward(ResultSet rows) throws SQLException, IOException {
      int columns = writeColumnsOnce(rows.getMetaData());
      while (rows.next()) {
        if (rowCount == query.maxRows()) {
          hasMore = true;
          return false;
        }
        if (Instant.now().isAfter(deadline)) {
          throw new SQLException("the answer takes too long", "57014");
        }
        sink.row(row(rows, columns));
        rowCount++;
      }
      return true;
    }

    private int writeColumnsOnce(ResultSetMetaData about) throws SQLException, IOException {
      if (!columnsWritten) {
        columnsWritten = true;
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
          columns.add(
              new ResultColumn(
                  about.getColumnLabel(i).toLowerCase(Locale.ROOT),
                  NUMERIC_TYPES.contains(about.getColumnType(i))));
        }
        sink.columns(columns);
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

    private QuerySummary summary() {
      return new QuerySummary(rowCount, hasMore);
    }
  }

  /** What the driver said, in one line and without what it only says to programs. */
  private static String errorMessage(SQLException refused, Duration timeout) {
    if (TIMEOUT_STATES.contains(String.valueOf(refused.getSQLState()))) {
      return "the answer takes longer than " + timeout.toSeconds() + " s";
    }
    String message = String.valueOf(refused.getMessage());
    return message
        .replaceFirst("(?s); SQL statement:.*", "")
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
