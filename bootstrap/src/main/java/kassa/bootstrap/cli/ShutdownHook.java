package kassa.bootstrap.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command end in an orderly way when the process is told to end. */
final class ShutdownHook implements AutoCloseable {

  private static final long TIMEOUT_SECONDS = 30;

  private final CountDownLatch closed = new CountDownLatch(1);

  private ShutdownHook() {}

  /**
   * From now on, who tells the process to end stops the command, and waits until it is closed, but
   * no longer than half a minute.
   *
   * @param stop has the command end soon; called by another thread, also when all is done
   */
  static ShutdownHook register(Runnable stop) {
    ShutdownHook hook = new ShutdownHook();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.run();
                  hook.await();
                },
                "stop"));
    return hook;
  }

  private void await() {
    try {
      closed.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has ended. */
  @Override
  public void close() {
    closed.countDown();
  }
}
