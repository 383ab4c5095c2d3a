package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.command.Prepared;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;

/**
 * Runs a read-only query on H2, as a user that may only read the views. Such a user could still
 * change its own password, or remove the query timeout with a statement before the query. Therefore
 * the parser of H2 must accept the text as one statement that is a query and read-only.
 */
final class H2ReadOnlyQuery {

  private static final String USER = "KASSA_READER";

  private H2ReadOnlyQuery() {}

  /** The URL of an existing database for the read-only user. */
  public static String readOnlyUrl(String adminUrl) {
    return adminUrl.replaceAll("(?i);(USER|PASSWORD|TRACE_LEVEL_FILE)=[^;]*", "")
        + ";IFEXISTS=TRUE;USER="
        + USER;
  }

  public static void run(Statement statement, SqlQuery query, SqlConsole.RowForwarder rows)
      throws SQLException, IOException {
    String sql = query.sql().strip().replaceFirst("[;\\s]+$", "");
    requireReadOnlyQuery(statement, sql);
    statement.execute("set time zone 'UTC'");
    // Otherwise H2 would load all rows of the result before it returns the first one.
    statement.execute("set lazy_query_execution 1");
    statement.execute("set query_timeout " + query.timeout().toMillis());
    try (ResultSet result = statement.executeQuery(sql)) {
      rows.forward(result);
    }
  }

  private static void requireReadOnlyQuery(Statement statement, String sql) throws SQLException {
    SessionLocal session =
        (SessionLocal) statement.getConnection().unwrap(JdbcConnection.class).getSession();
    session.lock();
    try {
      Prepared prepared = session.prepare(sql);
      if (!prepared.isQuery() || !prepared.isReadOnly()) {
        throw new SQLException("only read-only queries are allowed", "25006");
      }
    } catch (DbException rejected) {
      throw DbException.toSQLException(rejected);
    } finally {
      session.unlock();
    }
  }
}
