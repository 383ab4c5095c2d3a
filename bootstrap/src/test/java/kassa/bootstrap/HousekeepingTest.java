package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HousekeepingTest {

  private final BlockingQueue<Thread> times = new LinkedBlockingQueue<>();

  @Test
  void goes_on_when_some_of_it_fails_and_ends_when_it_is_closed() throws Exception {
    Thread worker;
    try (Housekeeping housekeeping =
        Housekeeping.start(
            List.of(
                () -> {
                  throw new IllegalStateException("as if the database were away");
                },
                () -> times.add(Thread.currentThread())),
            Duration.ZERO,
            Duration.ofMillis(1))) {
      assertThat(housekeeping).isNotNull();
      worker = times.take();
      assertThat(times.take()).isSameAs(worker);
      assertThat(times.take()).isSameAs(worker);
    }
    // The thread ends a moment behind its last work.
    worker.join();
    assertThat(worker.isAlive()).isFalse();
  }
}
