package kassa.adapters.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FileTest {

  private static final int ROUNDS = 40;
  private static final int ROWS = 3_000;

  @TempDir private Path folder;

  @Test
  void force_persists_commits_during_a_background_write_of_h2() throws Exception {
    try (Connection connection = connect("original");
        Statement statement = connection.createStatement()) {
      statement.execute("create table numbers (round int, number int, id uuid)");
      for (int round = 1; round <= ROUNDS; round++) {
        statement.execute(
            "insert into numbers select %s, x, random_uuid() from system_range(1, %s)"
                .formatted(round, ROWS));
        startBackgroundWrite(connection);

        H2File.of(connection).force();

        // The file now has the content that would remain if the process were killed.
        Files.copy(file("original"), file("copy" + round));
        assertThat(count("copy" + round)).isEqualTo((long) ROWS * round);
      }
    }
  }

  private static void startBackgroundWrite(Connection connection) throws Exception {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    session.getDatabase().getStore().getMvStore().tryCommit();
  }

  private long count(String name) throws Exception {
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from numbers")) {
      row.next();
      return row.getLong(1);
    }
  }

  private Connection connect(String name) throws Exception {
    return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve(name), "sa", "");
  }

  private Path file(String name) {
    return folder.resolve(name + ".mv.db");
  }
}
