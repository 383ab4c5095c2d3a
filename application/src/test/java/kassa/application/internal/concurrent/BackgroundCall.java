package kassa.application.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Runs a call in its own platform thread, so that tests can wait for the state of the thread. */
final class BackgroundCall<R> {

  /** Polling interval: thread states can only be polled. */
  private static final long POLL_NANOS = 100_000;

  private final FutureTask<Result<R>> task;
  private final Thread thread;

  /**
   * Result of a call.
   *
   * @param results the results
   * @param interrupted whether the interrupt flag of the caller was set at the end
   */
  record Result<R>(List<R> results, boolean interrupted) {}

  private BackgroundCall(FutureTask<Result<R>> task) {
    this.task = task;
    this.thread = Thread.ofPlatform().daemon().start(task);
  }

  static <R> BackgroundCall<R> start(Supplier<List<R>> work) {
    return new BackgroundCall<>(
        new FutureTask<>(() -> new Result<>(work.get(), Thread.currentThread().isInterrupted())));
  }

  void awaitWaiting() throws InterruptedException {
    awaitState(EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING));
  }

  /** A wait for started work has no timeout. */
  void awaitWaitingForWork() throws InterruptedException {
    awaitState(EnumSet.of(Thread.State.WAITING));
  }

  void interrupt() {
    thread.interrupt();
  }

  void awaitInterruptNoticed() throws InterruptedException {
    while (thread.isInterrupted()) {
      pauseUnlessInterrupted();
    }
  }

  Result<R> result() throws InterruptedException, ExecutionException {
    return task.get();
  }

  private void awaitState(Set<Thread.State> states) throws InterruptedException {
    while (!states.contains(thread.getState())) {
      assertThat(thread.getState()).isNotEqualTo(Thread.State.TERMINATED);
      pauseUnlessInterrupted();
    }
  }

  private static void pauseUnlessInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    LockSupport.parkNanos(POLL_NANOS);
  }
}
