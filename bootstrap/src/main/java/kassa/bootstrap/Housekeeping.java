package kassa.bootstrap;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does in the background what has to be done from time to time. */
final class Housekeeping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int LONGEST_END_SECONDS = 10;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kassa-housekeeping").factory());

  private Housekeeping() {}

  /**
   * Does all of the work again and again until it is closed, also when some of it fails once.
   *
   * @param first how long to wait before the first time
   * @param pause how long to wait before each other time
   */
  static Housekeeping start(List<Runnable> works, Duration first, Duration pause) {
    Housekeeping housekeeping = new Housekeeping();
    var _ =
        housekeeping.timer.scheduleWithFixedDelay(
            () -> works.forEach(Housekeeping::run),
            first.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
    return housekeeping;
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      LOG.warn("Housekeeping failed and is tried again later", failure);
    }
  }

  /** Begins nothing any more, and waits a while for what was begun. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Housekeeping was still going on when the program ended");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
