package kassa.adapters.persistence.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kassa.adapters.persistence.fixture.TestDatabases;
import org.h2.engine.DbObject;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.result.DefaultRow;
import org.h2.result.Row;
import org.h2.value.Value;
import org.h2.value.ValueInteger;
import org.h2.value.ValueVarchar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that try to run code or to fill the disk when they are restored. */
class HostileBackupTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create alias run as 'void run(String f) throws Exception"
            + " { java.nio.file.Files.createFile(java.nio.file.Path.of(f)); }';"
            + "create view seen as select run('%1$s') as x",
        "create alias run for 'java.lang.System.setProperty'",
        "create force trigger t before select on orders as 'org.h2.api.Trigger create() throws"
            + " Exception { java.nio.file.Files.createFile(java.nio.file.Path.of(\"%1$s\")); return"
            + " null; }'",
        "create force trigger t before insert on orders call 'kassa.Other'",
        "create force aggregate a for 'java.lang.Object'",
        "create force linked table l('org.h2.Driver', 'jdbc:h2:mem:x', 'sa', '', 't')",
        "create view seen as select file_write('x', '%1$s') as written",
        "alter table orders add column x varchar as file_read('/etc/hostname')",
        "create view seen as select * from csvread('/etc/passwd')"
      })
  void refuses_a_backup_with_code_and_runs_none_of_it(String sql) throws Exception {
    Path written = folder.resolve("written");
    Path backup = backup(sql.formatted(written));
    Files.deleteIfExists(written);

    assertThatExceptionOfType(DatabaseAdminException.class)
        .isThrownBy(() -> restore(backup, 0))
        .withMessageContaining("contains code");
    assertThat(written).doesNotExist();
    assertThat(folder.resolve("restored/kassa.mv.db")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUNSCRIPT FROM '%1$s.sql'",
        "CREATE ALIAS RUN AS 'void run() {}'",
        "CREATE CACHED LINKED /* */ TABLE L('', 'jdbc:h2:mem:x', 'sa', '', 'T')",
        "CREATE FORCE TRIGGER \"PUBLIC\".\"T\" BEFORE UPDATE, DELETE ON \"PUBLIC\".\"ORDERS\""
            + " QUEUE 1024 AS 'org.h2.api.Trigger create() { return null; }'"
            + " -- CALL 'audit_events.is.append.only'",
        "CREATE FORCE VIEW \"PUBLIC\".\"V\"(\"X\") AS SELECT U&\"\\0046ILE_READ\"('/etc/passwd')",
        "SET DATABASE_EVENT_LISTENER 'kassa.Other'"
      })
  void refuses_a_backup_whose_catalog_has_an_unknown_statement(String sql) throws Exception {
    Path written = folder.resolve("written");
    Files.writeString(
        folder.resolve("written.sql"), "call file_write('x', '%s');".formatted(written));
    for (boolean committed : new boolean[] {true, false}) {
      Path backup = backupWithCatalogRow(sql.formatted(written), committed);

      assertThatExceptionOfType(DatabaseAdminException.class)
          .isThrownBy(() -> restore(backup, 0))
          .withMessageContaining("contains code");
      assertThat(written).doesNotExist();
    }
  }

  @Test
  void shortens_a_statement_with_much_white_space_in_the_message() throws Exception {
    Path backup =
        backupWithCatalogRow("CREATE" + " ".repeat(100) + "ALIAS " + "A".repeat(100), true);

    assertThatExceptionOfType(DatabaseAdminException.class)
        .isThrownBy(() -> restore(backup, 0))
        .withMessageEndingWith("does not: CREATE ALIAS " + "A".repeat(67));
    assertThatExceptionOfType(DatabaseAdminException.class)
        .isThrownBy(() -> restore(backupWithCatalogRow("CREATE" + " ".repeat(99), false), 0))
        .withMessageEndingWith("does not: CREATE ");
  }

  @Test
  void refuses_a_backup_whose_deferred_indexes_are_other_statements() throws Exception {
    Path backup =
        backup(
            "insert into deferred_indexes (name, statement) values ('x', 'create index if not"
                + " exists i on orders(id); call 1')");

    assertThatExceptionOfType(DatabaseAdminException.class)
        .isThrownBy(() -> restore(backup, 0))
        .withMessageContaining("contains code");
  }

  @Test
  void restores_a_backup_without_code() throws Exception {
    restore(backup(""), 0);

    assertThat(folder.resolve("restored/kassa.mv.db")).isNotEmptyFile();
  }

  @Test
  void refuses_a_backup_that_unpacks_to_more_than_its_limit() throws Exception {
    Path backup = folder.resolve("zeros.zip");
    try (OutputStream out = Files.newOutputStream(backup);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("kassa.mv.db"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 80; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }

    assertThatExceptionOfType(DatabaseAdminException.class)
        .isThrownBy(() -> restore(backup, 0))
        .withMessageContaining("more than 64 MiB", "--max-size");
    assertThatExceptionOfType(DatabaseAdminException.class)
        .isThrownBy(() -> restore(backup, 100L << 20))
        .withMessageContaining("damaged");
    try (var files = Files.list(folder.resolve("restored"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void says_how_much_space_is_missing() {
    H2Backup.requireSpace(folder, 10L << 20, 10L << 20);

    assertThatExceptionOfType(DatabaseAdminException.class)
        .isThrownBy(() -> H2Backup.requireSpace(folder, (10L << 20) + 1, 3L << 20))
        .withMessage(
            "not enough space in "
                + folder
                + ": the database needs 11 MiB, 3 MiB are free, 8 MiB are missing");
  }

  private void restore(Path backup, long maxBytes) {
    String url = "jdbc:h2:file:" + folder.resolve("restored/kassa");
    try (DatabaseAdmin admin = new DatabaseAdmin(url)) {
      admin.restore(backup, false, maxBytes);
    }
  }

  /** Backs up a database of Kassa that the owner has changed. */
  private Path backup(String sql) throws Exception {
    String url = TestDatabases.newH2(folder.resolve("hostile"));
    Path backup = folder.resolve("hostile.zip");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      statement.execute("backup to '" + backup + "'");
    }
    return backup;
  }

  /** Writes a backup to whose catalog a statement was added without H2, as an attacker can. */
  private Path backupWithCatalogRow(String sql, boolean committed) throws Exception {
    Path base = folder.resolve("tampered-" + committed);
    TestDatabases.newH2(base);
    Path file = Path.of(base + ".mv.db");
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).open()) {
      TransactionStore transactions = new TransactionStore(store);
      transactions.init();
      Transaction transaction = transactions.begin();
      TransactionMap<Long, Row> catalog = transaction.openMap("table.0");
      long id = catalog.lastKey() + 1;
      Row row =
          new DefaultRow(
              new Value[] {
                ValueInteger.get((int) id),
                ValueInteger.get(0),
                ValueInteger.get(DbObject.TABLE_OR_VIEW),
                ValueVarchar.get(sql)
              });
      row.setKey(id);
      catalog.put(id, row);
      if (committed) {
        transaction.commit();
      }
      store.commit();
    }
    Path backup = folder.resolve("tampered-" + committed + ".zip");
    try (OutputStream out = Files.newOutputStream(backup);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("kassa.mv.db"));
      Files.copy(file, zip);
      zip.closeEntry();
    }
    return backup;
  }
}
