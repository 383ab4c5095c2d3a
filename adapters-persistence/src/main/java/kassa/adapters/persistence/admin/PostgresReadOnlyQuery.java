package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Asks PostgreSQL in a transaction that may only read. The question is handed over as a value and
 * becomes a cursor within the server: a driver that is given the text would run several statements
 * one by one, and the first of them could end the transaction.
 */
final class PostgresReadOnlyQuery {

  private static final String DECLARE_CURSOR =
      """
      do $$ begin
        execute 'declare kassa_result no scroll cursor for ' || current_setting('kassa.query');
      end $$
      """;

  private static final String FETCH = "fetch forward 500 from kassa_result";

  private PostgresReadOnlyQuery() {}

  public static void run(Statement statement, SqlQuery query, SqlConsole.RowForwarder rows)
      throws SQLException, IOException {
    Connection connection = statement.getConnection();
    connection.setAutoCommit(false);
    statement.execute("set transaction read only");
    statement.execute("set local time zone 'UTC'");
    statement.execute("set local statement_timeout = " + query.timeout().toMillis());
    // From the first question on, the transaction cannot be made to write any more.
    setQueryText(connection, query.sql());
    statement.execute(DECLARE_CURSOR);
    boolean hasMore = true;
    while (hasMore) {
      try (ResultSet found = statement.executeQuery(FETCH)) {
        // Before the first row and at once behind it: there was none.
        boolean any = found.isBeforeFirst();
        hasMore = rows.forward(found) && any;
      }
    }
    connection.rollback();
  }

  private static void setQueryText(Connection connection, String sql) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('kassa.query', ?, true)")) {
      set.setString(1, sql);
      set.execute();
    }
  }
}
