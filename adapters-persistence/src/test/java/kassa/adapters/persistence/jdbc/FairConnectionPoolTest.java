package kassa.adapters.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.Step;
import kassa.contract.fixture.RecordingTelemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FairConnectionPoolTest {

  private static final int THREADS = 8;

  @TempDir private Path folder;

  @Test
  void serves_threads_first_come_first_served() throws InterruptedException {
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    try (Database database = openWithLongTimeouts(Dialect.H2)) {
      List<Thread> threads =
          IntStream.range(0, THREADS)
              .mapToObj(number ->
                  Thread.ofVirtual().unstarted(() -> acquireTwice(database, served, number)))
              .toList();
      database.query("hold the connection while others wait", handle -> startOneByOne(threads));
      for (Thread thread : threads) {
        thread.join();
      }
    }

    assertThat(served.subList(0, THREADS)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(served).hasSize(2 * THREADS);
  }

  @Test
  void acquire_timeout_throws_store_unavailable() {
    String url = TestDatabases.newEmptyUrl(Dialect.H2, folder);
    try (Database database = TestDatabases.open(url, 1, Duration.ofMillis(500))) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() ->
              database.query(
                  "hold the only connection", handle -> queryFromAnotherThread(database)))
          .withMessage("cannot wait for a connection: the database is unavailable")
          .withStackTraceContaining("no connection became available before the timeout");
    }
  }

  @Test
  void close_waits_for_running_statements() throws InterruptedException {
    Database database = openWithLongTimeouts(Dialect.POSTGRESQL);
    Thread closing = new Thread(database::close);

    Integer result =
        database.query(
            "run a statement while the pool closes",
            handle -> {
              startOneByOne(List.of(closing));
              // Long enough that HikariCP alone would abort it.
              return handle.createQuery("select 42 from pg_sleep(1)").mapTo(Integer.class).one();
            });

    closing.join();
    assertThat(result).isEqualTo(42);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> database.query("query a closed pool", handle -> handle))
        .as("fails at once, not after the timeout")
        .withStackTraceContaining("the connection pool is closed");
    database.close();
  }

  @ParameterizedTest
  @EnumSource
  void connections_are_measured(Dialect dialect) {
    RecordingTelemetry telemetry = new RecordingTelemetry();
    Duration timeout = Duration.ofMillis(500);
    PoolSettings settings =
        new PoolSettings(
            TestDatabases.newEmptyUrl(dialect, folder),
            1,
            timeout,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
    try (Database database = Database.open(dialect, settings, null, telemetry)) {
      assertThat(telemetry.read(Gauge.CONNECTIONS_MAX)).hasValue(1);
      assertThat(telemetry.read(Gauge.CONNECTIONS_USED)).hasValue(0);

      database.query(
          "hold the only connection",
          handle -> {
            assertThat(telemetry.read(Gauge.CONNECTIONS_USED)).hasValue(1);
            assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> queryFromAnotherThread(database));
            return handle;
          });

      assertThat(telemetry.read(Gauge.CONNECTIONS_USED)).hasValue(0);
      assertThat(telemetry.read(Gauge.CONNECTIONS_PENDING)).hasValue(0);
      assertThat(telemetry.steps).containsOnly(Step.CONNECTION_WAIT).hasSize(2);
      assertThat(telemetry.counters).containsExactly(Map.entry(Counter.CONNECTION_TIMEOUTS, 1L));
    }
  }

  private static Object queryFromAnotherThread(Database database) {
    List<RuntimeException> failures = new ArrayList<>();
    Thread other =
        new Thread(() -> {
          try {
            database.query("wait for a connection", handle -> handle);
          } catch (RuntimeException failure) {
            failures.add(failure);
          }
        });
    other.start();
    try {
      other.join();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    throw failures.getFirst();
  }

  private Database openWithLongTimeouts(Dialect dialect) {
    Duration timeout = Duration.ofSeconds(30);
    return Database.open(
        dialect,
        new PoolSettings(
            TestDatabases.newEmptyUrl(dialect, folder), 1, timeout, timeout, timeout, timeout));
  }

  private static void acquireTwice(Database database, List<Integer> served, int number) {
    database.query("query once", handle -> served.add(number));
    database.query("query twice", handle -> served.add(number));
  }

  private static boolean startOneByOne(List<Thread> threads) {
    for (Thread thread : threads) {
      thread.start();
      while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
    return true;
  }
}
