package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import kassa.application.port.out.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FairPoolTest {

  private static final int THREADS = 8;

  @TempDir private Path folder;

  @Test
  void serves_in_the_order_of_asking_and_lets_nobody_come_again_before_all_were_served()
      throws InterruptedException {
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    try (Database database = openPatiently(Dialect.H2)) {
      List<Thread> threads =
          IntStream.range(0, THREADS)
              .mapToObj(
                  number -> Thread.ofVirtual().unstarted(() -> twice(database, served, number)))
              .toList();
      database.ask("let them queue one behind the other", handle -> startOneByOne(threads));
      for (Thread thread : threads) {
        thread.join();
      }
    }

    assertThat(served.subList(0, THREADS)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(served).hasSize(2 * THREADS);
  }

  @Test
  void who_waits_too_long_is_told_that_the_store_is_unavailable() {
    try (Database database = TestDatabases.open(TestDatabases.newUrl(Dialect.H2, folder), 1)) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() ->
              database.ask("hold the only connection", handle -> askFromAnotherThread(database)))
          .withMessage("the database could not be asked to wait in vain")
          .withStackTraceContaining("no connection became free in time");
    }
  }

  @Test
  void is_closed_only_when_what_is_under_way_has_an_outcome() throws InterruptedException {
    Database database = openPatiently(Dialect.POSTGRESQL);
    Thread closing = new Thread(database::close);

    Integer answer =
        database.ask(
            "go on while the database is closed",
            handle -> {
              startOneByOne(List.of(closing));
              // For long enough to be broken off by the end of the pool that is beneath.
              return handle.createQuery("select 42 from pg_sleep(1)").mapTo(Integer.class).one();
            });

    closing.join();
    assertThat(answer).isEqualTo(42);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> database.ask("come too late", handle -> handle));
    database.close();
  }

  private static Object askFromAnotherThread(Database database) {
    List<RuntimeException> failures = new ArrayList<>();
    Thread other =
        new Thread(() -> {
          try {
            database.ask("wait in vain", handle -> handle);
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

  private Database openPatiently(Dialect dialect) {
    Duration patience = Duration.ofSeconds(30);
    return Database.open(
        dialect,
        new PoolSettings(
            TestDatabases.newUrl(dialect, folder), 1, patience, patience, patience, patience));
  }

  private static void twice(Database database, List<Integer> served, int number) {
    database.ask("be served", handle -> served.add(number));
    database.ask("be served again", handle -> served.add(number));
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
