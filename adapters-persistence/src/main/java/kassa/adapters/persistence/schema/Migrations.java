package kassa.adapters.persistence.schema;

import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema of a database to the version that this code needs. */
public final class Migrations {

  /** What both databases take. */
  static final String COMMON_LOCATION = "classpath:META-INF/db/migration";

  private Migrations() {}

  /**
   * Migrates if anything is due, and says how many files were applied. Several nodes may do this at
   * the same time: one of them migrates, the others wait.
   *
   * @param url that of the database, as the dialect would have it
   * @throws IllegalStateException if the schema is newer than this code
   */
  public static int migrateIfNeeded(Database database, Dialect dialect, String url) {
    // Asking first spares most starts the third of a second that Flyway takes.
    if (version(database).equals(SchemaVersion.REQUIRED)) {
      return 0;
    }
    int applied = migrate(dialect, url);
    String version = version(database);
    if (!version.equals(SchemaVersion.REQUIRED)) {
      throw new IllegalStateException(
          "the database has schema "
              + version
              + ", and this version needs "
              + SchemaVersion.REQUIRED);
    }
    return applied;
  }

  private static String version(Database database) {
    return database.query("tell the version of its schema", SchemaVersion::read);
  }

  private static int migrate(Dialect dialect, String url) {
    try {
      return Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(url, null, null)
          .locations(COMMON_LOCATION, dialect.migrationLocation())
          .failOnMissingLocations(true)
          .placeholders(dialect.migrationPlaceholders())
          .validateMigrationNaming(true)
          .loggers("slf4j")
          .load()
          .migrate()
          .migrationsExecuted;
    } catch (FlywayException failure) {
      throw SqlExceptionTranslator.translateOpenFailure(failure);
    }
  }
}
