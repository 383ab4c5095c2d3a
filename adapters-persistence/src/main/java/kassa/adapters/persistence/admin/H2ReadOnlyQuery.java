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
 * Asks H2 as a user who may read the views alone. Such a user may still change things of his own,
 * his password among them, and may lift a limit by a statement before the question: H2 itself is
 * asked whether it is one statement, a question, and one that changes nothing.
 */
final class H2ReadOnlyQuery {

  private static final String USER = "KASSA_READER";

  private H2ReadOnlyQuery() {}

  /** The url of an existing database, for the reader. */
  public static String readOnlyUrl(String adminUrl) {
    return adminUrl.replaceAll("(?i);(USER|PASSWORD)=[^;]*", "") + ";IFEXISTS=TRUE;USER=" + USER;
  }

  public static void run(Statement statement, SqlQuery query, SqlConsole.RowForwarder rows)
      throws SQLException, IOException {
    String sql = query.sql().strip().replaceFirst("[;\\s]+$", "");
    requireReadOnlyQuery(statement, sql);
    statement.execute("set time zone 'UTC'");
    // Otherwise H2 would gather all rows of a view before the first of them is seen.
    statement.execute("set lazy_query_execution 1");
    statement.execute("set query_timeout " + query.timeout().toMillis());
    try (ResultSet found = statement.executeQuery(sql)) {
      rows.forward(found);
    }
  }

  private static void requireReadOnlyQuery(Statement statement, String sql) throws SQLException {
    SessionLocal session =
        (SessionLocal) statement.getConnection().unwrap(JdbcConnection.class).getSession();
    session.lock();
    try {
      Prepared prepared = session.prepare(sql);
      if (!prepared.isQuery() || !prepared.isReadOnly()) {
        throw new SQLException("only questions that change nothing are answered", "25006");
      }
    } catch (DbException refused) {
      throw DbException.toSQLException(refused);
    } finally {
      session.unlock();
    }
  }
}
