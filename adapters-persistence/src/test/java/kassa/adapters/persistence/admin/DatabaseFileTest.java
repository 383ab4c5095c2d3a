package kassa.adapters.persistence.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.fixture.SampleOrders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {

  @TempDir private Path folder;

  @Test
  void creates_files_and_folders_for_their_owner_only() throws Exception {
    Path data = folder.resolve("a/data");
    try (Persistence persistence = open(data)) {
      assertThat(permissions(data)).isEqualTo("rwx------");
      assertThat(permissions(folder.resolve("a"))).isEqualTo("rwx------");
      persistence.admin().backup(data.resolve("backup.zip"), false);
    }
    try (var files = Files.list(data)) {
      assertThat(files.toList())
          .contains(data.resolve("kassa.mv.db"), data.resolve("backup.zip"))
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
    restore(data.resolve("backup.zip"), folder.resolve("b/restored"), 0);
    assertThat(permissions(folder.resolve("b/restored/kassa.mv.db"))).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("b"))).isEqualTo("rwx------");
  }

  @Test
  void restricts_existing_files_and_folders_to_their_owner() throws Exception {
    open(folder).close();
    Path database = folder.resolve("kassa.mv.db");
    Path data = Files.createDirectories(folder.resolve("old"));
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

    open(folder).close();
    assertThat(permissions(database)).isEqualTo("rw-------");

    assertThat(OwnerOnly.restrict(data)).isTrue();
    assertThat(permissions(data)).isEqualTo("rwx------");
    assertThat(OwnerOnly.restrict(data)).isFalse();
    Files.setAttribute(data, "unix:mode", 01777);
    assertThat(OwnerOnly.restrict(data)).isFalse();
    assertThat(permissions(data)).isEqualTo("rwxrwxrwx");
  }

  @Test
  void refuses_an_empty_file_as_a_database() throws Exception {
    Files.createFile(folder.resolve("kassa.mv.db"));

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> open(folder))
        .withMessageContaining("kassa.mv.db is empty");
    assertThat(folder.resolve("kassa.mv.db")).isEmptyFile();
  }

  @Test
  void names_the_reason_if_the_folder_cannot_be_created() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    for (Path data : new Path[] {file, file.resolve("data"), Path.of("/proc/kassa")}) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> open(data))
          .withMessageContaining(data + "/kassa.mv.db cannot be created: ");
    }
  }

  @Test
  void stops_writing_when_its_file_was_deleted_or_replaced() throws Exception {
    for (boolean replaced : new boolean[] {false, true}) {
      Path data = folder.resolve("data" + replaced);
      Path database = data.resolve("kassa.mv.db");
      Persistence persistence = open(data);
      try {
        SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich());
        assertThatCode(persistence.stores().probe()::probe).doesNotThrowAnyException();
        Path moved = Files.move(database, folder.resolve("moved" + replaced));
        if (replaced) {
          Files.copy(moved, database);
        }

        assertThatExceptionOfType(StoreUnavailableException.class)
            .isThrownBy(
                () -> SampleOrders.insert(persistence.stores().orders(), SampleOrders.rich()))
            .withMessageContaining("deleted or replaced");
        assertThatExceptionOfType(StoreUnavailableException.class)
            .isThrownBy(persistence.stores().probe()::probe);
        Files.move(moved, database, StandardCopyOption.REPLACE_EXISTING);
        assertThatCode(persistence.stores().probe()::probe).doesNotThrowAnyException();
      } finally {
        persistence.close();
      }
    }
  }

  private static void restore(Path backup, Path data, long maxBytes) {
    try (DatabaseAdmin admin = new DatabaseAdmin("jdbc:h2:file:" + data.resolve("kassa"))) {
      admin.restore(backup, false, maxBytes);
    }
  }

  private static Persistence open(Path data) {
    return Persistence.open(new PersistenceConfig("jdbc:h2:file:" + data.resolve("kassa"), 2));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
