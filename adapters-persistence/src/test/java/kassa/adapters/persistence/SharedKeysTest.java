package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SharedKeysTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void everybody_gets_the_key_of_the_first_however_many_come_at_once(Dialect dialect)
      throws Exception {
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
  void each_database_has_keys_of_its_own(Dialect dialect) {
    try (Database one = TestDatabases.openNew(dialect, folder);
        Database other = TestDatabases.openNew(dialect, folder)) {
      assertThat(key(one)).isNotEqualTo(key(other));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refuses_a_key_that_was_damaged(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      key(database);
      TestDatabases.execute(database, "update shared_keys set secret = 'short'");

      assertThatIllegalStateException()
          .isThrownBy(() -> key(database))
          .withMessage("the shared key for tests is damaged");
    }
  }

  private static String key(Database database) {
    return HexFormat.of().formatHex(new SharedKeys(database).secret("tests"));
  }
}
