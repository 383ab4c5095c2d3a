package kassa.adapters.persistence.schema;

import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Migrates the schema of a database to the version that this code requires. */
public final class Migrations {

  /** Flyway location of the migrations for both dialects. */
  static final String COMMON_LOCATION = "classpath:META-INF/db/migration";

  private Migrations() {}

  /**
   * Runs pending migrations. Several nodes may do this concurrently: one migrates, the others wait.
   *
   * @param url the URL from {@link Dialect#adminUrl}
   * @return the number of applied migrations
   * @throws kassa.application.port.out.StoreUnavailableException if the database is unavailable
   * @throws IllegalStateException if the schema is newer than this code
   */
  public static int migrateIfNeeded(Database database, Dialect dialect, String url) {
    // Checked first, because Flyway takes a third of a second, and most starts have no migration.
    if (version(database).equals(SchemaVersion.REQUIRED)) {
      return 0;
    }
    int applied = migrate(dialect, url);
    String version = version(database);
    if (!version.equals(SchemaVersion.REQUIRED)) {
      throw new IllegalStateException(
          "the database has schema version "
              + version
              + ", but this version of Kassa requires "
              + SchemaVersion.REQUIRED);
    }
    return applied;
  }

  private static String version(Database database) {
    return database.query("read the schema version", SchemaVersion::read);
  }

  private static int migrate(Dialect dialect, String url) {
    try {
      return Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(url, null, null)
          .locations(COMMON_LOCATION, dialect.migrationLocation())
          .javaMigrations(new IdentifierNormalization())
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
