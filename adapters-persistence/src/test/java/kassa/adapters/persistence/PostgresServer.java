package kassa.adapters.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The one PostgreSQL server of a test run. It stops with the run. */
final class PostgresServer {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private PostgresServer() {}

  private static final class Running {

    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException failure) {
        throw new UncheckedIOException(
            "the tests need a PostgreSQL server, and it does not start on this machine", failure);
      }
    }
  }

  /** The url of a new, empty database. */
  static String newDatabase() {
    String name = "test" + DATABASES.incrementAndGet();
    execute("create database " + name);
    return Running.SERVER.getJdbcUrl("postgres", name);
  }

  /** Lets nobody into the database any more, and throws out those who are in it. */
  static void takeAway(String url) {
    String name = url.replaceFirst(".*/(test[0-9]+).*", "$1");
    execute("alter database " + name + " allow_connections false");
    execute(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '"
            + name
            + "'");
  }

  static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Does something while nobody else can read a table. */
  static void whileLocked(String url, String table, Runnable action) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table " + table + " in access exclusive mode");
      action.run();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void execute(String sql) {
    execute(Running.SERVER.getJdbcUrl("postgres", "postgres"), sql);
  }
}
