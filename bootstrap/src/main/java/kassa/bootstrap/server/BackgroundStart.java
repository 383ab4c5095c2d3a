package kassa.bootstrap.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A part of the server that starts on a thread of its own, while the calling thread starts another
 * part.
 *
 * @param <T> the started part
 */
final class BackgroundStart<T extends AutoCloseable> {

  private final FutureTask<T> task;

  private BackgroundStart(FutureTask<T> task) {
    this.task = task;
  }

  /** Begins the start of a part. The caller calls one of the other methods afterwards. */
  static <T extends AutoCloseable> BackgroundStart<T> begin(String name, Supplier<T> start) {
    FutureTask<T> task = new FutureTask<>(start::get);
    Thread.ofPlatform().daemon().name(name).start(task);
    return new BackgroundStart<>(task);
  }

  /**
   * Returns the part when it has started.
   *
   * @throws RuntimeException if the start failed, as the start threw it
   */
  T await() {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during the start", interrupted);
    }
  }

  /** Closes the part after a failure of another one; its own failures are added to that one. */
  void closeAfter(RuntimeException failure) {
    try {
      await().close();
    } catch (Exception own) {
      if (!own.equals(failure)) {
        failure.addSuppressed(own);
      }
    }
  }
}
