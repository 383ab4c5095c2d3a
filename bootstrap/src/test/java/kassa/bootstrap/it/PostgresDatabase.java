package kassa.bootstrap.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fixture: a database of a PostgreSQL server that all tests share. A test that stops or configures
 * the server starts its own.
 */
record PostgresDatabase(String name) implements AutoCloseable {

  private static final AtomicInteger CREATED = new AtomicInteger();

  /** It stops at the end of the run. */
  private static final class SharedServer {

    private static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.start();
      } catch (IOException failure) {
        throw new UncheckedIOException(
            "the tests need a PostgreSQL server, which does not start on this machine", failure);
      }
    }
  }

  /** Creates a copy of the {@link TemplateDatabase}. */
  static PostgresDatabase create() throws SQLException {
    PostgresDatabase database = create(" template " + TemplateDatabase.postgresName());
    TemplateDatabase.addPostgresCopy(database.url());
    return database;
  }

  /** Creates a database that no server has started with. */
  static PostgresDatabase createEmpty() throws SQLException {
    return create("");
  }

  private static PostgresDatabase create(String template) throws SQLException {
    PostgresDatabase database = new PostgresDatabase("test" + CREATED.incrementAndGet());
    execute("create database " + database.name + template);
    return database;
  }

  /** The URL with a user who may do everything. */
  String url() {
    return SharedServer.SERVER.getJdbcUrl("postgres", name);
  }

  /** Drops the database, also under a running server. */
  @Override
  public void close() throws SQLException {
    execute("drop database " + name + " with (force)");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(SharedServer.SERVER.getJdbcUrl("postgres", "postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
