package kassa.bootstrap.it;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Fixture: rows of a database, read without a server or a command. */
final class DatabaseRows {

  private DatabaseRows() {}

  /** Returns the rows of queries on an embedded database that no process has open. */
  static List<List<String>> ofEmbedded(Path dataFolder, List<String> queries) throws SQLException {
    String file = dataFolder.resolve("kassa").toAbsolutePath().toString();
    return of("jdbc:h2:file:" + file + ";IFEXISTS=TRUE;USER=sa", queries);
  }

  /** Returns the rows of a query on an embedded database that no process has open. */
  static List<String> ofEmbedded(Path dataFolder, String sql) throws SQLException {
    return ofEmbedded(dataFolder, List.of(sql)).getFirst();
  }

  /** Returns the rows of a query. */
  static List<String> of(String url, String sql) throws SQLException {
    return of(url, List.of(sql)).getFirst();
  }

  /** Each row is the texts of its columns with a {@code |} after each. */
  private static List<List<String>> of(String url, List<String> queries) throws SQLException {
    List<List<String>> results = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : queries) {
        results.add(read(statement, sql));
      }
    }
    return results;
  }

  private static List<String> read(Statement statement, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          row.append(result.getString(column)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
