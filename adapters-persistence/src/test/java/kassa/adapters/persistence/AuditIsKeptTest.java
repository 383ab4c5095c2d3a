package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Instant;
import kassa.domain.identity.AuditEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What happened is added to, and the database itself refuses everything else. */
class AuditIsKeptTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          H2         | update audit_events set detail = 'x'
          H2         | update audit_events set detail = 'x' where number < 0
          H2         | delete from audit_events
          H2         | delete from audit_events where number = 1
          POSTGRESQL | update audit_events set detail = 'x'
          POSTGRESQL | update audit_events set detail = 'x' where number < 0
          POSTGRESQL | delete from audit_events
          POSTGRESQL | with gone as (delete from audit_events returning 1) select 1
          POSTGRESQL | truncate audit_events
          """)
  void nobody_changes_it_or_takes_it_away(Dialect dialect, String sql) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      JdbiAuditLog log = new JdbiAuditLog(database);
      log.append(event());

      assertThatIllegalStateException()
          .isThrownBy(() -> TestDatabases.execute(database, sql))
          .satisfies(refused -> assertThat(refused).hasStackTraceContaining("only"));

      assertThat(log.list(null, 10)).extracting(kept -> kept.event()).containsExactly(event());
    }
  }

  @ParameterizedTest
  @EnumSource
  void it_is_still_so_when_the_database_is_opened_again(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Persistence persistence = Persistence.open(new Persistence.Config(url, 1))) {
      persistence.audit().append(event());
    }
    try (Database database = TestDatabases.open(url, 1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> TestDatabases.execute(database, "delete from audit_events"));
      new JdbiAuditLog(database).append(event());

      assertThat(TestDatabases.number(database, "select count(*) from audit_events")).isEqualTo(2);
    }
  }

  @Test
  void it_is_still_so_in_what_was_restored_from_a_backup() {
    String url = TestDatabases.newUrl(Dialect.H2, folder);
    String restored = TestDatabases.newUrl(Dialect.H2, folder);
    Path backup = folder.resolve("backup.zip");
    try (Persistence persistence = Persistence.open(new Persistence.Config(url, 1))) {
      persistence.audit().append(event());
      persistence.backup(backup, false);
    }
    new Persistence.AtRest(restored).restore(backup, false);

    try (Database database = TestDatabases.open(restored, 1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> TestDatabases.execute(database, "delete from audit_events"));
      assertThat(TestDatabases.number(database, "select count(*) from audit_events")).isOne();
    }
  }

  private static AuditEvent event() {
    return new AuditEvent(
        Instant.parse("2026-06-15T12:00:00Z"),
        AuditEvent.Kind.SIGNED_IN,
        "usr_1",
        "ses_1",
        "192.0.2.1",
        null);
  }
}
