package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import kassa.application.port.out.StoreUnavailableException;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class H2WritesTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabases.open(TestDatabases.newUrl(Dialect.H2, folder), 4);
    TestDatabases.execute(
        database,
        "create table numbers (number int, place int generated always as identity (cache 1))");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_file_is_not_written_while_a_transaction_goes_on() throws Exception {
    H2Writes writes = new H2Writes(LONG);
    AtomicReference<Thread> other = new AtomicReference<>();
    change(
        writes,
        handle -> {
          MVStore store = H2File.of(handle.getConnection()).store();
          long version = store.getCurrentVersion();
          handle.execute("insert into numbers (number) values (1)");

          other.set(
              Thread.ofVirtual()
                  .start(() ->
                      change(
                          writes,
                          another -> another.execute("insert into numbers (number) values (2)"))));
          untilWaiting(other.get());

          assertThat(store.getAutoCommitDelay()).isNegative();
          assertThat(store.getCurrentVersion()).isEqualTo(version);
          handle.execute("insert into numbers (number) values (3)");
          return 0;
        });
    other.get().join();
    assertThat(TestDatabases.number(database, "select sum(number) from numbers")).isEqualTo(6);
  }

  @Test
  void whoever_waits_too_long_for_others_is_told_so() {
    H2Writes writes = new H2Writes(Duration.ofMillis(1));
    change(
        writes,
        handle -> {
          handle.execute("insert into numbers (number) values (1)");
          AtomicReference<RuntimeException> failure = new AtomicReference<>();
          Thread other =
              Thread.ofVirtual()
                  .start(() -> {
                    try {
                      change(
                          writes,
                          another -> another.execute("insert into numbers (number) values (2)"));
                    } catch (StoreUnavailableException refused) {
                      failure.set(refused);
                    }
                  });
          join(other);
          assertThat(failure.get()).hasMessage("others write for too long");
          return 0;
        });
    assertThat(TestDatabases.number(database, "select sum(number) from numbers")).isEqualTo(1);
  }

  @Test
  void others_can_write_after_one_that_failed() {
    H2Writes writes = new H2Writes(LONG);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            change(
                writes,
                handle -> {
                  handle.execute("insert into numbers (number) values (1)");
                  throw new IllegalStateException("to roll it back");
                }));
    Thread other =
        Thread.ofVirtual()
            .start(() ->
                change(
                    writes, another -> another.execute("insert into numbers (number) values (2)")));
    join(other);
    assertThat(TestDatabases.number(database, "select sum(number) from numbers")).isEqualTo(2);
  }

  private int change(H2Writes writes, java.util.function.Function<Handle, Integer> work) {
    return database.ask("change numbers", handle -> writes.transact(handle, work));
  }

  private static void untilWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
