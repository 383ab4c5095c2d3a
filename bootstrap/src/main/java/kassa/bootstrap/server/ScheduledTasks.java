package kassa.bootstrap.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does in the background what has to be done from time to time. */
final class ScheduledTasks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduledTasks.class);
  private static final int SHUTDOWN_TIMEOUT_SECONDS = 10;

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kassa-housekeeping").factory());

  private ScheduledTasks() {}

  /**
   * Does all of the work again and again until it is closed, also when some of it fails once.
   *
   * @param initialDelay how long to wait before the first time
   * @param delay how long to wait before each other time
   */
  static ScheduledTasks start(List<Runnable> tasks, Duration initialDelay, Duration delay) {
    ScheduledTasks scheduledTasks = new ScheduledTasks();
    var _ =
        scheduledTasks.scheduler.scheduleWithFixedDelay(
            () -> tasks.forEach(ScheduledTasks::run),
            initialDelay.toMillis(),
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
    return scheduledTasks;
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException failure) {
      LOG.warn("Housekeeping failed and is tried again later", failure);
    }
  }

  /** Begins nothing any more, and waits a while for what was begun. */
  @Override
  public void close() {
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Housekeeping was still going on when the program ended");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
