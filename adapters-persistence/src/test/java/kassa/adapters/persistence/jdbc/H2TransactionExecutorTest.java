package kassa.adapters.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.application.port.out.StoreUnavailableException;
import org.h2.mvstore.MVStore;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class H2TransactionExecutorTest {

  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database =
        TestDatabases.open(
            TestDatabases.newEmptyUrl(Dialect.H2, folder), 4, Duration.ofMillis(500));
    TestDatabases.executeSql(
        database,
        "create table numbers (number int, place int generated always as identity (cache 1))");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void file_is_not_written_during_a_transaction() throws Exception {
    H2TransactionExecutor executor = new H2TransactionExecutor(LOCK_TIMEOUT);
    AtomicReference<Thread> other = new AtomicReference<>();
    inTransaction(
        executor,
        handle -> {
          MVStore store = H2File.of(handle.getConnection()).store();
          long version = store.getCurrentVersion();
          handle.execute("insert into numbers (number) values (1)");

          other.set(
              Thread.ofVirtual()
                  .start(() ->
                      inTransaction(
                          executor,
                          another -> another.execute("insert into numbers (number) values (2)"))));
          awaitWaiting(other.get());

          assertThat(store.getAutoCommitDelay()).isNegative();
          assertThat(store.getCurrentVersion()).isEqualTo(version);
          handle.execute("insert into numbers (number) values (3)");
          return 0;
        });
    other.get().join();
    assertThat(TestDatabases.queryNumber(database, "select sum(number) from numbers")).isEqualTo(6);
  }

  @Test
  void lock_timeout_throws_store_unavailable() {
    H2TransactionExecutor executor = new H2TransactionExecutor(Duration.ofMillis(1));
    inTransaction(
        executor,
        handle -> {
          handle.execute("insert into numbers (number) values (1)");
          AtomicReference<RuntimeException> failure = new AtomicReference<>();
          Thread other =
              Thread.ofVirtual()
                  .start(() -> {
                    try {
                      inTransaction(
                          executor,
                          another -> another.execute("insert into numbers (number) values (2)"));
                    } catch (StoreUnavailableException unavailable) {
                      failure.set(unavailable);
                    }
                  });
          join(other);
          assertThat(failure.get())
              .hasMessage("timeout while waiting for other write transactions");
          return 0;
        });
    assertThat(TestDatabases.queryNumber(database, "select sum(number) from numbers")).isEqualTo(1);
  }

  @Test
  void a_failed_transaction_releases_the_lock() {
    H2TransactionExecutor executor = new H2TransactionExecutor(LOCK_TIMEOUT);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            inTransaction(
                executor,
                handle -> {
                  handle.execute("insert into numbers (number) values (1)");
                  throw new IllegalStateException("rollback");
                }));
    Thread other =
        Thread.ofVirtual()
            .start(() ->
                inTransaction(
                    executor,
                    another -> another.execute("insert into numbers (number) values (2)")));
    join(other);
    assertThat(TestDatabases.queryNumber(database, "select sum(number) from numbers")).isEqualTo(2);
  }

  private int inTransaction(
      H2TransactionExecutor executor, java.util.function.Function<Handle, Integer> work) {
    return database.query("update numbers", handle -> executor.inTransaction(handle, work));
  }

  private static void awaitWaiting(Thread thread) {
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
