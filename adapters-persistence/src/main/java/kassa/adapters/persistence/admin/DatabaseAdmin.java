package kassa.adapters.persistence.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.H2Connections;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.adapters.persistence.schema.SchemaVersion;
import kassa.adapters.persistence.sql.NamedParameterParser;
import kassa.application.port.out.StoreUnavailableException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Administration of a database: read-only SQL, backup and restore. Works whether or not this
 * process also serves the database. Thread-safe.
 */
public final class DatabaseAdmin implements AutoCloseable {

  private static final Pattern H2_FILE =
      Pattern.compile("jdbc:h2:(?:retry:)?(?:file:)?([^;]+).*", Pattern.CASE_INSENSITIVE);

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseAdmin.class);

  private final Dialect dialect;
  private final String url;
  private final SqlConsole console = new SqlConsole();

  /**
   * @param url the URL of {@code PersistenceConfig}
   * @throws IllegalArgumentException if the URL is not supported
   */
  public DatabaseAdmin(String url) {
    this.dialect = Dialect.of(url);
    // Rejects an H2 database that is not a file.
    var _ = dialect.jdbcUrl(url);
    this.url = url;
  }

  /** The file of an embedded database, without its suffix; empty for PostgreSQL. */
  public Optional<Path> file() {
    Matcher matcher = H2_FILE.matcher(url);
    return dialect == Dialect.H2 && matcher.matches()
        ? Optional.of(Path.of(matcher.group(1)).toAbsolutePath().normalize())
        : Optional.empty();
  }

  /**
   * The URL of a copy of this embedded database, with the same parameters.
   *
   * @param base the file of the copy without its suffix
   */
  public String urlOfCopy(Path base) {
    requireEmbedded();
    return "jdbc:h2:file:" + base.toAbsolutePath() + url.replaceFirst("^[^;]*", "");
  }

  /**
   * Keeps H2 from loading classes that a database names, such as those of aliases and triggers.
   * Call it before the first use of H2 in the process.
   */
  public static void forbidUserClasses() {
    System.setProperty("h2.allowedClasses", H2Catalog.AUDIT_TRIGGER_CLASS);
  }

  /**
   * Prepares the file of an embedded database: creates its folder and the file if they do not
   * exist, and restricts the file to its owner. Does nothing for PostgreSQL.
   *
   * @throws StoreUnavailableException if they cannot be created or written, or the file is empty
   */
  public void prepareFile() {
    Path base = file().orElse(null);
    if (base == null) {
      return;
    }
    Path database = Path.of(base + ".mv.db");
    try {
      if (Files.exists(database)) {
        requireUsable(database);
      } else {
        OwnerOnly.createFolder(base.toAbsolutePath().resolveSibling("."));
        OwnerOnly.createFile(database);
      }
    } catch (IOException failure) {
      throw new StoreUnavailableException(
          "the database " + database + " cannot be created: " + OwnerOnly.reason(failure), failure);
    }
    boolean restricted = OwnerOnly.restrict(Path.of(base + ".trace.db"));
    if (OwnerOnly.restrict(database) || restricted) {
      LOG.info("Restricted {} to its owner; others could read it", database);
    }
  }

  private static void requireUsable(Path database) throws IOException {
    if (Files.size(database) == 0) {
      throw new StoreUnavailableException(
          "the database "
              + database
              + " is empty: restore a backup with --force, or delete the file to start with a new"
              + " database",
          new IOException("a file of 0 bytes"));
    }
    if (!Files.isWritable(database)) {
      throw new StoreUnavailableException(
          "the database " + database + " is not writable", new IOException("permission denied"));
    }
  }

  /**
   * Checks that the database exists, for a command that must not create one.
   *
   * @throws DatabaseAdminException if the file of an embedded database does not exist
   */
  public void requireExists() {
    Path base = file().orElse(null);
    if (base != null && !Files.exists(Path.of(base + ".mv.db"))) {
      throw new DatabaseAdminException("no database exists at " + base + ".mv.db");
    }
  }

  /**
   * Runs a read-only query.
   *
   * @throws DatabaseAdminException if the database rejects the query, or it exceeds its timeout
   * @throws IOException if the sink fails
   * @throws kassa.application.port.out.StoreUnavailableException if the database cannot be opened
   */
  public QuerySummary query(SqlQuery query, ResultSink sink) throws IOException {
    return query(query, sink, primary -> Optional.empty());
  }

  /**
   * Runs a read-only query on a standby of this PostgreSQL database, if within 5 s the standby has
   * everything that is committed now; otherwise as {@link #query(SqlQuery, ResultSink)} does.
   *
   * @param standbyUrl the URL of the standby
   * @param notices receives why the standby is not used
   * @throws DatabaseAdminException if the database rejects the query, or it exceeds its timeout
   * @throws IOException if the sink fails
   * @throws kassa.application.port.out.StoreUnavailableException if the database cannot be opened
   */
  public QuerySummary query(
      SqlQuery query, ResultSink sink, String standbyUrl, Consumer<String> notices)
      throws IOException {
    StandbyQuery standby = new StandbyQuery(console, dialect.adminUrl(standbyUrl), notices);
    return query(query, sink, primary -> standby.run(primary, query, sink));
  }

  /** Runs a query on a standby of an open database. */
  private interface OnStandby {

    /** Returns empty if the standby cannot be used. */
    Optional<QuerySummary> run(Connection primary) throws IOException;
  }

  private QuerySummary query(SqlQuery query, ResultSink sink, OnStandby standby)
      throws IOException {
    // Stays open, because H2 would otherwise close the file and open it again in between.
    try (Connection primary = openWithRequiredSchema()) {
      Optional<QuerySummary> summary = standby.run(primary);
      if (summary.isPresent()) {
        return summary.get();
      }
      try (Connection reader = connect(readOnlyUrl())) {
        return console.query(dialect, reader, query, sink);
      }
    } catch (SQLException failure) {
      throw SqlExceptionTranslator.translateOpenFailure(new IllegalStateException(failure));
    }
  }

  /**
   * Writes a consistent copy of an embedded database to a file, also while a server uses it.
   *
   * @param overwrite whether an existing file is replaced
   * @return the size of the backup in bytes, once it is on disk
   * @throws DatabaseAdminException if it cannot be written, or for PostgreSQL
   * @throws kassa.application.port.out.StoreUnavailableException if the database cannot be opened
   */
  public long backup(Path file, boolean overwrite) {
    requireEmbedded();
    try (Connection admin = openWithRequiredSchema()) {
      return H2Backup.backup(admin, file.toAbsolutePath(), overwrite);
    } catch (SQLException failure) {
      throw SqlExceptionTranslator.translateOpenFailure(new IllegalStateException(failure));
    }
  }

  /**
   * Writes a copy of an embedded database that another process can open, also while a server uses
   * it. Writes continue meanwhile.
   *
   * @param base the file of the copy without its suffix, in an existing folder
   * @throws DatabaseAdminException if it cannot be written, such as for lack of space, or for
   *     PostgreSQL; no partial file remains
   * @throws kassa.application.port.out.StoreUnavailableException if the database cannot be opened
   */
  public void copy(Path base) {
    requireEmbedded();
    try (Connection admin = openWithRequiredSchema()) {
      H2Copy.write(admin, Path.of(base.toAbsolutePath() + ".mv.db"));
    } catch (SQLException failure) {
      throw SqlExceptionTranslator.translateOpenFailure(new IllegalStateException(failure));
    }
  }

  /**
   * Verifies a backup and puts it in the place of the embedded database, atomically.
   *
   * @param overwrite whether an existing database may be replaced
   * @param maxBytes maximum size of the database; 0 for 100 times the size of the backup and at
   *     least 64 MiB
   * @throws DatabaseAdminException if the database is in use, or the backup is damaged, larger, or
   *     contains code; nothing changes then
   */
  public void restore(Path backup, boolean overwrite, long maxBytes) {
    H2Backup.restore(backup.toAbsolutePath(), requireEmbedded(), overwrite, maxBytes);
  }

  /** Cancels the queries that are still running. */
  @Override
  public void close() {
    console.close();
  }

  private String readOnlyUrl() {
    return switch (dialect) {
      case H2 -> H2ReadOnlyQuery.readOnlyUrl(dialect.jdbcUrl(url));
      case POSTGRESQL -> dialect.adminUrl(url);
    };
  }

  private Path requireEmbedded() {
    return file()
        .orElseThrow(() ->
            new DatabaseAdminException("not supported for PostgreSQL; use pg_dump and pg_restore"));
  }

  /** Connects to an existing database with the schema of this version. */
  private Connection openWithRequiredSchema() throws SQLException {
    requireExists();
    Connection connection = connect(dialect.adminUrl(url));
    String version;
    try {
      version = schemaVersion(connection);
    } catch (RuntimeException unreadable) {
      connection.close();
      throw SqlExceptionTranslator.translateOpenFailure(unreadable);
    }
    if (!version.equals(SchemaVersion.REQUIRED)) {
      connection.close();
      throw new DatabaseAdminException(
          "the database has schema version "
              + version
              + ", but this version of Kassa requires "
              + SchemaVersion.REQUIRED
              + (isOlder(version) ? "; start the server once to migrate it" : ""));
    }
    return connection;
  }

  private static boolean isOlder(String version) {
    return !SchemaVersion.isVersion(version) || SchemaVersion.compareToRequired(version) < 0;
  }

  private static String schemaVersion(Connection connection) {
    // Not closed, because that would close the connection.
    Handle handle = NamedParameterParser.use(Jdbi.open(connection));
    return SchemaVersion.read(handle);
  }

  private Connection connect(String url) throws SQLException {
    return switch (dialect) {
      case H2 -> H2Connections.open(url);
      case POSTGRESQL -> DriverManager.getConnection(url);
    };
  }
}
