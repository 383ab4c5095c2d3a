package kassa.bootstrap.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import kassa.application.port.out.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks periodically on a daemon thread. */
final class ScheduledTasks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduledTasks.class);
  private static final int SHUTDOWN_TIMEOUT_SECONDS = 10;

  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kassa-scheduled-tasks").factory());

  private ScheduledTasks() {}

  /**
   * Runs all tasks periodically until it is closed. A failed task runs again in the next period.
   *
   * @param initialDelay the delay before the first run
   * @param delay the delay between the end of a run and the start of the next
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

  /**
   * Runs a long task periodically until it is closed.
   *
   * @param task is told whether to stop
   * @param initialDelay the delay before the first run
   * @param delay the delay between the end of a run and the start of the next
   */
  static ScheduledTasks startLong(
      Consumer<BooleanSupplier> task, Duration initialDelay, Duration delay) {
    ScheduledTasks scheduledTasks = new ScheduledTasks();
    ScheduledExecutorService scheduler = scheduledTasks.scheduler;
    var _ =
        scheduler.scheduleWithFixedDelay(
            () -> run(() -> task.accept(scheduler::isShutdown)),
            initialDelay.toMillis(),
            delay.toMillis(),
            TimeUnit.MILLISECONDS);
    return scheduledTasks;
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (StoreUnavailableException unavailable) {
      LOG.warn(
          "A scheduled task failed; it runs again in the next period: {}", unavailable.reason());
    } catch (RuntimeException failure) {
      LOG.warn("A scheduled task failed; it runs again in the next period", failure);
    }
  }

  /** Starts no more tasks, and waits up to 10 seconds for the running one. */
  @Override
  public void close() {
    scheduler.shutdown();
    try {
      if (!scheduler.awaitTermination(SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A scheduled task was still running at the shutdown");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
