package kassa.bootstrap.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shutdown hook that stops a running command and waits until it is closed. */
final class ShutdownHook implements AutoCloseable {

  private static final long TIMEOUT_SECONDS = 30;

  private final CountDownLatch closed = new CountDownLatch(1);

  private ShutdownHook() {}

  /**
   * Registers a hook: on SIGTERM or SIGINT it stops the command and waits up to 30 seconds.
   *
   * @param stop makes the command stop soon; called by another thread, also after the command ended
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
                "shutdown"));
    return hook;
  }

  private void await() {
    try {
      closed.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reports that the command has ended. */
  @Override
  public void close() {
    closed.countDown();
  }
}
