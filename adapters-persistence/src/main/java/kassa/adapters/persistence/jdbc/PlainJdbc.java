package kassa.adapters.persistence.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a prepared statement on the connection of a JDBI handle without JDBI, which takes longer
 * than a short statement. Only for the statements that place and read orders or read the sessions
 * of a user. See docs/decisions/0150 and 0160.
 */
public final class PlainJdbc {

  /** Binds and executes a statement. */
  public interface Execution<T extends @Nullable Object> {
    T execute(PreparedStatement statement) throws SQLException;
  }

  /** Reads the rows of one of several queries. */
  public interface Reader {
    void read(ResultSet rows) throws SQLException;
  }

  /** Binds and executes a statement without a result. */
  interface Action {
    void execute(PreparedStatement statement) throws SQLException;
  }

  private PlainJdbc() {}

  /**
   * Runs a query.
   *
   * @throws UnableToExecuteStatementException if it fails
   */
  public static <T extends @Nullable Object> T query(
      Handle handle, String sql, Execution<T> execution) {
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      setTimeout(handle, statement);
      return execution.execute(statement);
    } catch (SQLException failure) {
      throw failed(sql, failure);
    }
  }

  /**
   * Runs several queries, of which each has one parameter with the same value. PostgreSQL receives
   * them together and answers once. Each query sees what is committed when it starts.
   *
   * @param parameter an SQL array or a value that the drivers accept
   * @param readers one reader for each query
   * @throws UnableToExecuteStatementException if a query fails
   */
  public static void queryAll(
      Handle handle, Dialect dialect, List<String> queries, Object parameter, Reader... readers) {
    switch (dialect) {
      case H2 -> {
        for (int i = 0; i < readers.length; i++) {
          Reader reader = readers[i];
          run(
              handle,
              queries.get(i),
              statement -> {
                statement.setObject(1, parameter);
                try (ResultSet rows = statement.executeQuery()) {
                  reader.read(rows);
                }
              });
        }
      }
      case POSTGRESQL ->
          run(
              handle,
              String.join(";\n", queries),
              statement -> {
                for (int i = 1; i <= readers.length; i++) {
                  statement.setObject(i, parameter);
                }
                statement.execute();
                for (Reader reader : readers) {
                  try (ResultSet rows = statement.getResultSet()) {
                    reader.read(rows);
                  }
                  statement.getMoreResults();
                }
              });
    }
  }

  /**
   * An SQL array, as a parameter.
   *
   * @throws UnableToExecuteStatementException if the driver cannot create it
   */
  public static Array uuidArray(Handle handle, Collection<UUID> ids) {
    try {
      return handle.getConnection().createArrayOf("uuid", ids.toArray());
    } catch (SQLException failure) {
      throw failed("an array", failure);
    }
  }

  static void run(Handle handle, String sql, Action action) {
    run(handle, sql, null, action);
  }

  /**
   * Runs a statement.
   *
   * @param generatedColumn the column whose generated values the statement returns, if any
   * @throws UnableToExecuteStatementException if it fails
   */
  static void run(Handle handle, String sql, @Nullable String generatedColumn, Action action) {
    Connection connection = handle.getConnection();
    try (PreparedStatement statement =
        generatedColumn == null
            ? connection.prepareStatement(sql)
            : connection.prepareStatement(sql, new String[] {generatedColumn})) {
      setTimeout(handle, statement);
      action.execute(statement);
    } catch (SQLException failure) {
      throw failed(sql, failure);
    }
  }

  /** The timeout that JDBI sets for its statements, if any. */
  private static void setTimeout(Handle handle, PreparedStatement statement) throws SQLException {
    Integer seconds = handle.getConfig(SqlStatements.class).getQueryTimeout();
    if (seconds != null) {
      statement.setQueryTimeout(seconds);
    }
  }

  private static UnableToExecuteStatementException failed(String sql, SQLException failure) {
    return new UnableToExecuteStatementException(
        failure.getMessage() + " [" + sql.lines().findFirst().orElse("") + "]", failure, null);
  }
}
