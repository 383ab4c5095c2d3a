package kassa.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderRoleTest {

  @TempDir private Path folder;

  @Test
  void names_the_commands_that_create_a_missing_role() {
    try (Database database = TestDatabases.openNew(Dialect.POSTGRESQL, folder)) {
      String role = "reader_of_" + System.nanoTime();

      String commands = commandsIfMissing(database, role);
      assertThat(commands)
          .startsWith("create role " + role + " nologin; grant usage on schema public to " + role)
          .contains("v1_customer_totals, v1_daily_sales", "v1_orders", "v1_refunds");

      database.query("create the role", handle -> handle.execute(commands));
      assertThat(commandsIfMissing(database, role)).isEmpty();
      database.query(
          "drop the role",
          handle -> handle.execute("drop owned by " + role + "; drop role " + role));
    }
  }

  @Test
  void the_migrations_create_the_role() {
    try (Database database = TestDatabases.openNew(Dialect.POSTGRESQL, folder)) {
      assertThat(commandsIfMissing(database, ReaderRole.NAME)).isEmpty();
    }
  }

  private static String commandsIfMissing(Database database, String role) {
    return database.query(
        "look for a role", handle -> ReaderRole.commandsIfMissing(handle, role).orElse(""));
  }
}
