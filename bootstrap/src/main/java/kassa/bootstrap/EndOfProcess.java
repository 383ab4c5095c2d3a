package kassa.bootstrap;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command end in an orderly way when the process is told to end. */
final class EndOfProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);

  private EndOfProcess() {}

  /**
   * From now on, who tells the process to end stops the command, and waits until it is closed, but
   * no longer than half a minute.
   *
   * @param stop has the command end soon; called by another thread, also when all is done
   */
  static EndOfProcess stops(Runnable stop) {
    EndOfProcess command = new EndOfProcess();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.run();
                  command.await();
                },
                "stop"));
    return command;
  }

  private void await() {
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command has ended. */
  @Override
  public void close() {
    ended.countDown();
  }
}
