package kassa.adapters.persistence;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import kassa.adapters.persistence.Persistence.Question;

/**
 * Asks PostgreSQL in a transaction that may only read. The question is handed over as a value and
 * becomes a cursor within the server: a driver that is given the text would run several statements
 * one by one, and the first of them could end the transaction.
 */
final class PostgresReader {

  private static final String OPEN =
      """
      do $$ begin
        execute 'declare kassa_answer no scroll cursor for ' || current_setting('kassa.question');
      end $$
      """;

  private static final String NEXT = "fetch forward 500 from kassa_answer";

  private PostgresReader() {}

  static void answer(Statement statement, Question question, SqlAnswers.Rows rows)
      throws SQLException, IOException {
    Connection connection = statement.getConnection();
    connection.setAutoCommit(false);
    statement.execute("set transaction read only");
    statement.execute("set local time zone 'UTC'");
    statement.execute("set local statement_timeout = " + question.longest().toMillis());
    // From the first question on, the transaction cannot be made to write any more.
    handOver(connection, question.sql());
    statement.execute(OPEN);
    boolean goesOn = true;
    while (goesOn) {
      try (ResultSet found = statement.executeQuery(NEXT)) {
        // Before the first row and at once behind it: there was none.
        boolean any = found.isBeforeFirst();
        goesOn = rows.take(found) && any;
      }
    }
    connection.rollback();
  }

  private static void handOver(Connection connection, String sql) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('kassa.question', ?, true)")) {
      set.setString(1, sql);
      set.execute();
    }
  }
}
