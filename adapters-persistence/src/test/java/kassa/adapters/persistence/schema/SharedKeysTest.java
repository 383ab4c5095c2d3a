package kassa.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SharedKeysTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void concurrent_callers_get_the_same_key(Dialect dialect) throws Exception {
    try (Database database = TestDatabases.openNew(dialect, folder);
        ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Future<String>> running = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        running.add(executor.submit(() -> key(database)));
      }

      for (Future<String> future : running) {
        assertThat(future.get()).isEqualTo(key(database)).hasSize(64);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void each_database_has_its_own_keys(Dialect dialect) {
    try (Database one = TestDatabases.openNew(dialect, folder);
        Database other = TestDatabases.openNew(dialect, folder)) {
      assertThat(key(one)).isNotEqualTo(key(other));
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects_a_damaged_key(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      key(database);
      TestDatabases.executeSql(database, "update shared_keys set secret = 'short'");

      assertThatIllegalStateException()
          .isThrownBy(() -> key(database))
          .withMessage("the shared key for tests is damaged");
    }
  }

  private static String key(Database database) {
    return HexFormat.of().formatHex(new SharedKeys(database).getOrCreate("tests"));
  }
}
