package kassa.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.PostgresServer;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationsTest {

  private static final int FILES = 2;
  private static final int NODES = 3;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void migrates_an_empty_database_once(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      assertThat(TestDatabases.migrate(database, url)).isEqualTo(FILES);
      assertThat(TestDatabases.migrate(database, url)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void required_version_is_the_version_of_the_last_migration(Dialect dialect) throws IOException {
    try (Stream<Path> common = Files.list(folder(Migrations.COMMON_LOCATION));
        Stream<Path> own = Files.list(folder(dialect.migrationLocation()))) {
      List<Integer> versions =
          Stream.concat(common, own)
              .map(file -> file.getFileName().toString().replaceFirst("V([0-9]+)__.*", "$1"))
              .map(Integer::valueOf)
              .sorted()
              .toList();

      assertThat(versions).hasSize(FILES).last().hasToString(SchemaVersion.REQUIRED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rejects_a_newer_schema(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      TestDatabases.migrate(database, url);
      TestDatabases.executeSql(
          database,
          """
          insert into "flyway_schema_history" (
            "installed_rank", "version", "description", "type", "script", "installed_by",
            "execution_time", "success")
          values (99, '999', 'later', 'SQL', 'V999__later.sql', 'test', 1, true)
          """);
    }

    assertThatIllegalStateException()
        .isThrownBy(() -> Persistence.open(new PersistenceConfig(url, 1)))
        .withMessage(
            "the database has schema version 999, but this version of Kassa requires "
                + SchemaVersion.REQUIRED);
  }

  @Test
  void nodes_that_start_concurrently_migrate_once() throws Exception {
    String url = PostgresServer.newDatabase();

    List<Integer> applied =
        runConcurrently(() -> {
          try (Database database = TestDatabases.open(url, 1)) {
            return TestDatabases.migrate(database, url);
          }
        });

    assertThat(applied).containsExactlyInAnyOrder(FILES, 0, 0);
  }

  @Test
  void nodes_that_start_concurrently_share_their_keys() throws Exception {
    String url = PostgresServer.newDatabase();

    List<String> keys =
        runConcurrently(() -> {
          try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 1))) {
            return HexFormat.of().formatHex(persistence.cursorKey());
          }
        });

    assertThat(keys).hasSize(NODES).containsOnly(keys.getFirst());
  }

  private static <T> List<T> runConcurrently(Callable<T> node) throws Exception {
    CyclicBarrier start = new CyclicBarrier(NODES);
    List<Future<T>> running = new ArrayList<>();
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(NODES)) {
      for (int i = 0; i < NODES; i++) {
        running.add(
            executor.submit(() -> {
              start.await();
              return node.call();
            }));
      }
      for (Future<T> future : running) {
        results.add(future.get());
      }
    }
    return results;
  }

  private static Path folder(String location) {
    return Path.of("src/main/resources", location.substring("classpath:".length()));
  }
}
