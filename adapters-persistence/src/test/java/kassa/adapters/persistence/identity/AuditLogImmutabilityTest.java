package kassa.adapters.persistence.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Instant;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.admin.DatabaseAdmin;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.domain.identity.AuditEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The audit log is append-only: the database rejects updates and deletes. */
class AuditLogImmutabilityTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          H2         | update audit_events set detail = 'x'
          H2         | update audit_events set detail = 'x' where sequence_number < 0
          H2         | delete from audit_events
          H2         | delete from audit_events where sequence_number = 1
          POSTGRESQL | update audit_events set detail = 'x'
          POSTGRESQL | update audit_events set detail = 'x' where sequence_number < 0
          POSTGRESQL | delete from audit_events
          POSTGRESQL | with gone as (delete from audit_events returning 1) select 1
          POSTGRESQL | truncate audit_events
          """)
  void database_rejects_update_and_delete_of_audit_events(Dialect dialect, String sql) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      JdbiAuditLog log = new JdbiAuditLog(database);
      log.append(event());

      assertThatIllegalStateException()
          .isThrownBy(() -> TestDatabases.executeSql(database, sql))
          .satisfies(rejected -> assertThat(rejected).hasStackTraceContaining("append"));

      assertThat(log.list(null, 10)).extracting(stored -> stored.event()).containsExactly(event());
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects_changes_after_the_database_is_reopened(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 1))) {
      persistence.stores().identity().auditLog().append(event());
    }
    try (Database database = TestDatabases.open(url, 1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> TestDatabases.executeSql(database, "delete from audit_events"));
      new JdbiAuditLog(database).append(event());

      assertThat(TestDatabases.queryNumber(database, "select count(*) from audit_events"))
          .isEqualTo(2);
    }
  }

  @Test
  void rejects_changes_in_a_database_restored_from_a_backup() {
    String url = TestDatabases.newUrl(Dialect.H2, folder);
    String restored = TestDatabases.newEmptyUrl(Dialect.H2, folder);
    Path backup = folder.resolve("backup.zip");
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 1))) {
      persistence.stores().identity().auditLog().append(event());
      persistence.admin().backup(backup, false);
    }
    new DatabaseAdmin(restored).restore(backup, false, 0);

    try (Database database = TestDatabases.open(restored, 1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> TestDatabases.executeSql(database, "delete from audit_events"));
      assertThat(TestDatabases.queryNumber(database, "select count(*) from audit_events")).isOne();
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
