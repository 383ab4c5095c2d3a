package kassa.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ScheduledTasksTest {

  private final BlockingQueue<Thread> runs = new LinkedBlockingQueue<>();

  @Test
  void continues_after_a_task_fails_and_stops_when_closed() throws Exception {
    Thread worker;
    try (ScheduledTasks tasks =
        ScheduledTasks.start(
            List.of(
                () -> {
                  throw new IllegalStateException("database unavailable");
                },
                () -> runs.add(Thread.currentThread())),
            Duration.ZERO,
            Duration.ofMillis(1))) {
      assertThat(tasks).isNotNull();
      worker = runs.take();
      assertThat(runs.take()).isSameAs(worker);
      assertThat(runs.take()).isSameAs(worker);
    }
    // The thread ends a moment after its last task.
    worker.join();
    assertThat(worker.isAlive()).isFalse();
  }
}
