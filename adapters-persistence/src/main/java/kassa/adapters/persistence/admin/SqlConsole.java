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
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Read-only SQL console. The database enforces read-only access: by a restricted user on H2, and by
 * a read-only transaction on PostgreSQL. Thread-safe. See docs/decisions/0081.
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

  /** SQLSTATE of a query that was canceled, also by its timeout. */
  private static final String QUERY_CANCELED = "57014";

  private final Set<Statement> running = ConcurrentHashMap.newKeySet();

  /**
   * Runs a read-only query.
   *
   * @param connection a connection for read-only queries; it stays open
   * @throws DatabaseAdminException if the database rejects the query, or it exceeds its timeout
   * @throws IOException if the sink fails
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

  /** Cancels the queries that are still running. */
  @Override
  public void close() {
    for (Statement statement : running) {
      try {
        statement.cancel();
      } catch (SQLException finished) {
        // The query has finished meanwhile.
      }
    }
  }

  /** Forwards result rows to the sink, up to the maximum number of rows and until the timeout. */
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
     * Forwards the rows of a result set.
     *
     * @return whether further rows are accepted
     */
    boolean forward(ResultSet rows) throws SQLException, IOException {
      int columns = writeColumnsOnce(rows.getMetaData());
      while (rows.next()) {
        if (rowCount == query.maxRows()) {
          hasMore = true;
          return false;
        }
        if (Instant.now().isAfter(deadline)) {
          throw new SQLException("query timeout", QUERY_CANCELED);
        }
        sink.row(row(rows, columns));
        rowCount++;
      }
      return true;
    }

    private int writeColumnsOnce(ResultSetMetaData metadata) throws SQLException, IOException {
      if (!columnsWritten) {
        columnsWritten = true;
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
          columns.add(
              new ResultColumn(
                  metadata.getColumnLabel(i).toLowerCase(Locale.ROOT),
                  NUMERIC_TYPES.contains(metadata.getColumnType(i))));
        }
        sink.columns(columns);
      }
      return metadata.getColumnCount();
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

  /** The message of the driver in one line, without error codes and prefixes. */
  private static String errorMessage(SQLException failure, Duration timeout) {
    if (failure.getErrorCode() == ErrorCode.OUT_OF_MEMORY) {
      return SqlQuery.OUT_OF_MEMORY;
    }
    if (QUERY_CANCELED.equals(failure.getSQLState())) {
      return "the query exceeded its timeout of " + timeout.toSeconds() + " s";
    }
    String message = String.valueOf(failure.getMessage());
    return message
        .replaceFirst("(?s); SQL statement:.*", "")
        .replaceFirst(" \\[\\d+-\\d+]$", "")
        .replaceFirst("^ERROR: ", "")
        .replaceFirst("(?s)\\n.*", "");
  }

  private static boolean isClosed(Statement statement) {
    try {
      return statement.isClosed();
    } catch (SQLException closed) {
      return true;
    }
  }
}
