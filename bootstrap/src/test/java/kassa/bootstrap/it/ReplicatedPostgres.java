package kassa.bootstrap.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Fixture: a PostgreSQL primary and its streaming standby. */
final class ReplicatedPostgres implements AutoCloseable {

  private final EmbeddedPostgres primary;
  private final Path standbyData;
  private EmbeddedPostgres standby;

  private ReplicatedPostgres(EmbeddedPostgres primary, Path standbyData) throws IOException {
    this.primary = primary;
    this.standbyData = standbyData;
    this.standby = server(standbyData).start();
  }

  /** Starts both, with their files in a folder. */
  static ReplicatedPostgres start(Path folder) throws Exception {
    Path primaryData = folder.resolve("primary");
    Path standbyData = folder.resolve("standby");
    EmbeddedPostgres created = server(primaryData).start();
    created.close();
    new ProcessBuilder("cp", "-a", primaryData.toString(), standbyData.toString())
        .inheritIO()
        .start()
        .waitFor();
    Files.createFile(standbyData.resolve("standby.signal"));
    Files.writeString(
        standbyData.resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=localhost port=" + created.getPort() + " user=postgres'\n",
        StandardOpenOption.APPEND);
    return new ReplicatedPostgres(
        server(primaryData).setPort(created.getPort()).start(), standbyData);
  }

  private static EmbeddedPostgres.Builder server(Path data) {
    return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
  }

  String primaryUrl() {
    return primary.getJdbcUrl("postgres", "postgres");
  }

  /** The URL of the standby, also while it is stopped. */
  String standbyUrl() {
    return standby.getJdbcUrl("postgres", "postgres");
  }

  /** Whether a connection of Kassa to the standby has run a query last that contains a text. */
  boolean hasRunOnStandby(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(standbyUrl());
        Statement statement = connection.createStatement();
        ResultSet queries =
            statement.executeQuery(
                "select query from pg_stat_activity where application_name = 'kassa'")) {
      boolean found = false;
      while (queries.next()) {
        found |= queries.getString(1).contains(sql);
      }
      return found;
    }
  }

  void stopStandby() throws IOException {
    standby.close();
  }

  /** Starts the standby again, at the same port. */
  void startStandby() throws IOException {
    standby = server(standbyData).setPort(standby.getPort()).start();
  }

  /** Lets the standby accept writes, and returns when it does. */
  void promoteStandby() throws SQLException {
    try (Connection connection = DriverManager.getConnection(standbyUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_promote()");
    }
  }

  @Override
  public void close() throws IOException {
    standby.close();
    primary.close();
  }
}
