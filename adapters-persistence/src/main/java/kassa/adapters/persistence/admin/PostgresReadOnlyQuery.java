package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs a read-only query on PostgreSQL, in a read-only transaction. The server receives the query
 * as a parameter and declares a cursor for it. If the driver received the text, it would run
 * several statements one by one, and the first of them could end the transaction.
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
    // After its first query a transaction cannot become writable.
    setQueryText(connection, query.sql());
    statement.execute(DECLARE_CURSOR);
    boolean hasMore = true;
    while (hasMore) {
      try (ResultSet result = statement.executeQuery(FETCH)) {
        // False for an empty result: the cursor has no more rows.
        boolean hasRows = result.isBeforeFirst();
        hasMore = rows.forward(result) && hasRows;
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
