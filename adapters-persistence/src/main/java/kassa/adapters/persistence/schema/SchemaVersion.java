package kassa.adapters.persistence.schema;

import java.util.Set;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;

/** Which version the schema of a database has. */
public final class SchemaVersion {

  /** The version of the last file under META-INF/db. */
  public static final String REQUIRED = "2";

  /** What {@link #read} answers of a database without tables. */
  static final String NONE = "none";

  /** How PostgreSQL and H2 say that there is no such table. */
  static final Set<String> UNDEFINED_TABLE_STATES = Set.of("42P01", "42S02", "42S03", "42S04");

  private static final String LAST_APPLIED =
      """
      select "version" from "flyway_schema_history"
      where "success" and "version" is not null
      order by "installed_rank" desc
      fetch first row only
      """;

  private SchemaVersion() {}

  public static String read(Handle handle) {
    try {
      return handle.createQuery(LAST_APPLIED).mapTo(String.class).findOne().orElse(NONE);
    } catch (StatementException refused) {
      if (SqlExceptionTranslator.hasSqlState(refused, UNDEFINED_TABLE_STATES)) {
        return NONE;
      }
      throw refused;
    }
  }
}
