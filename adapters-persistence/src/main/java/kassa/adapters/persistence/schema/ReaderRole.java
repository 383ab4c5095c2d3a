package kassa.adapters.persistence.schema;

import java.util.List;
import java.util.Optional;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role of PostgreSQL that may read the views and nothing else. The migrations create it if
 * their user may create roles.
 */
public final class ReaderRole {

  static final String NAME = "kassa_reader";

  private static final Logger LOG = LoggerFactory.getLogger(ReaderRole.class);

  private static final String EXISTS =
      "select count(*) from pg_catalog.pg_roles where rolname = :role";

  private static final String VIEWS =
      """
      select table_name from information_schema.views
      where table_schema = current_schema() and table_name like 'v1\\_%' order by table_name
      """;

  private ReaderRole() {}

  /** Logs once, with the commands that create it, that the role is missing. */
  public static void warnIfMissing(Database database) {
    if (database.dialect() == Dialect.POSTGRESQL) {
      database
          .query("look for the role of readers", handle -> commandsIfMissing(handle, NAME))
          .ifPresent(commands ->
              LOG.warn(
                  "The role {} is missing, so SQL users cannot read the views. Create it as a user"
                      + " with the right createrole: {}",
                  NAME,
                  commands));
    }
  }

  /** Returns the commands that create the role; empty if it exists. */
  static Optional<String> commandsIfMissing(Handle handle, String role) {
    if (handle.createQuery(EXISTS).bind("role", role).mapTo(Long.class).one() > 0) {
      return Optional.empty();
    }
    String schema = handle.createQuery("select current_schema()").mapTo(String.class).one();
    List<String> views = handle.createQuery(VIEWS).mapTo(String.class).list();
    return Optional.of(
        "create role "
            + role
            + " nologin; grant usage on schema "
            + schema
            + " to "
            + role
            + "; grant select on "
            + String.join(", ", views)
            + " to "
            + role
            + "; grant execute on function public_id to "
            + role
            + ";");
  }
}
