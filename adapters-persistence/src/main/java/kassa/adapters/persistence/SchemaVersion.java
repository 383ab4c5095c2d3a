package kassa.adapters.persistence;

import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;

/** Which version the schema of a database has. */
final class SchemaVersion {

  /** The version of the last file under META-INF/db. */
  static final String NEEDED = "17";

  /** What {@link #of} answers of a database without tables. */
  static final String NONE = "none";

  /** How PostgreSQL and H2 say that there is no such table. */
  static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

  private static final String LAST_APPLIED =
      """
      select "version" from "flyway_schema_history"
      where "success" and "version" is not null
      order by "installed_rank" desc
      fetch first row only
      """;

  private SchemaVersion() {}

  static String of(Handle handle) {
    try {
      return handle.createQuery(LAST_APPLIED).mapTo(String.class).findOne().orElse(NONE);
    } catch (StatementException refused) {
      if (Outages.hasState(refused, NO_SUCH_TABLE)) {
        return NONE;
      }
      throw refused;
    }
  }
}
