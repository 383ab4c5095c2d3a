package kassa.adapters.persistence.schema;

import java.util.Set;
import java.util.regex.Pattern;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import org.flywaydb.core.api.MigrationVersion;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;

/** Reads the schema version of a database. */
public final class SchemaVersion {

  /** The version of the last migration: in META-INF/db or {@link IdentifierNormalization}. */
  public static final String REQUIRED = "11";

  /** Result of {@link #read} for a database without a schema. */
  static final String NONE = "none";

  /** SQLSTATEs of PostgreSQL and H2 for a table that does not exist. */
  static final Set<String> UNDEFINED_TABLE_STATES = Set.of("42P01", "42S02", "42S03", "42S04");

  private static final String LAST_APPLIED =
      """
      select "version" from "flyway_schema_history"
      where "success" and "version" is not null
      order by "installed_rank" desc
      fetch first row only
      """;

  private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})*");

  private SchemaVersion() {}

  /** The version of the last applied migration; {@code none} without a schema. */
  public static String read(Handle handle) {
    try {
      return handle.createQuery(LAST_APPLIED).mapTo(String.class).findOne().orElse(NONE);
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.hasSqlState(failure, UNDEFINED_TABLE_STATES)) {
        return NONE;
      }
      throw failure;
    }
  }

  /** Whether a text is a version: one number, or several with dots. */
  public static boolean isVersion(String version) {
    return VERSION.matcher(version).matches();
  }

  /** Compares a version with the required one; each is one number or several with dots. */
  public static int compareToRequired(String version) {
    return MigrationVersion.fromVersion(version).compareTo(MigrationVersion.fromVersion(REQUIRED));
  }
}
