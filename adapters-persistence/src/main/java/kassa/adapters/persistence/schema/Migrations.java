package kassa.adapters.persistence.schema;

import java.util.concurrent.TimeUnit;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Migrates the schema of a database to the version that this code requires. */
public final class Migrations {

  /** Flyway location of the migrations for both dialects. */
  static final String COMMON_LOCATION = "classpath:META-INF/db/migration";

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

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
    String before = version(database);
    if (before.equals(SchemaVersion.REQUIRED)) {
      return 0;
    }
    boolean isNew = before.equals(SchemaVersion.NONE);
    if (!isNew && SchemaVersion.compareToRequired(before) < 0) {
      LOG.info(
          "Migrating the schema from version {} to {}: this locks tables and may take minutes per"
              + " million orders",
          before,
          SchemaVersion.REQUIRED);
    }
    long start = System.nanoTime();
    int applied = migrate(dialect, url);
    if (!isNew && applied > 0) {
      LOG.info(
          "Migrated the schema in {} s", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    }
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
