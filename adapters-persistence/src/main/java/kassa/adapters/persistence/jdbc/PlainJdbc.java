package kassa.adapters.persistence.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a prepared statement on the connection of a JDBI handle without JDBI, which takes longer
 * than a short statement. Only for the statements that place and read an order. See
 * docs/decisions/0150.
 */
public final class PlainJdbc {

  /** Binds and executes a statement. */
  public interface Execution<T extends @Nullable Object> {
    T execute(PreparedStatement statement) throws SQLException;
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
