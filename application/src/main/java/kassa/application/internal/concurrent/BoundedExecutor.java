package kassa.application.internal.concurrent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does the same to many things at once: a virtual thread for each, no more of them at any moment
 * than the bound, and none begun behind the deadline. The only class of this module that starts
 * threads or waits for them.
 *
 * <p>What was begun is always waited for and never interrupted: a write that is under way has an
 * outcome, and that is what its caller is told.
 */
public final class BoundedExecutor {

  /**
   * How many items of a stream are ahead of the results that were taken. Each may be an order of
   * 500 lines, so that more would not fit into a small heap when results are taken slowly.
   */
  static final int STREAM_WINDOW_SIZE = 64;

  private final InstantSource clock;
  private final Semaphore permits;
  private final Duration deadline;

  /**
   * @param clock what the deadline is measured by
   * @param bound the most threads at any moment, all calls together
   * @param deadline how long after its begin a call may begin threads
   */
  public BoundedExecutor(InstantSource clock, int bound, Duration deadline) {
    this.clock = clock;
    this.permits = new Semaphore(bound, true);
    this.deadline = deadline;
  }

  /**
   * Applies {@code work} to each item.
   *
   * @param work must not throw
   * @param notStarted the result of the items that were not begun before the deadline, or before
   *     the caller was interrupted
   * @return a result for each item, in the order of the items
   */
  public <T, R> List<R> invokeAll(List<T> items, Function<T, R> work, R notStarted) {
    Instant end = clock.instant().plus(deadline);
    // Each thread writes its own slot; joining it makes the slot visible here.
    List<R> results = new ArrayList<>(Collections.nCopies(items.size(), notStarted));
    List<Thread> started = new ArrayList<>(items.size());
    for (int i = 0; i < items.size() && tryAcquireBefore(end); i++) {
      int slot = i;
      started.add(
          Thread.startVirtualThread(() -> {
            try {
              results.set(slot, work.apply(items.get(slot)));
            } finally {
              permits.release();
            }
          }));
    }
    started.forEach(BoundedExecutor::joinUninterruptibly);
    return results;
  }

  /**
   * Applies {@code work} to each item as it comes. Items are asked for by a thread of its own, no
   * more of them ahead of their results than a window.
   *
   * @param work must not throw
   * @param notStarted makes the result of an item that was not begun within the deadline after it
   *     came
   * @param sink takes the results as they come, from the thread that called
   * @throws RuntimeException what the items or the sink threw, when all that was begun is finished
   */
  public <T, R> void stream(
      Iterator<T> items, Function<T, R> work, Function<T, R> notStarted, Consumer<R> sink) {
    StreamRun<T, R> stream = new StreamRun<>(items, work, notStarted);
    Thread producer = Thread.startVirtualThread(stream::produce);
    try {
      stream.deliver(sink);
    } finally {
      stream.stop();
      producer.interrupt();
      joinUninterruptibly(producer);
      stream.awaitStarted();
    }
  }

  /** What is under way between the items and the sink. */
  private final class StreamRun<T, R> {

    /** Says that no more results come than there were items, or why there are no more items. */
    private record EndOfStream(long items, @Nullable RuntimeException failure) {}

    private final Iterator<T> items;
    private final Function<T, R> work;
    private final Function<T, R> notStarted;
    private final Semaphore window = new Semaphore(STREAM_WINDOW_SIZE);
    private final BlockingQueue<Object> finished = new LinkedBlockingQueue<>();
    private final Phaser started = new Phaser(1);
    private volatile boolean stopped;

    private StreamRun(Iterator<T> items, Function<T, R> work, Function<T, R> notStarted) {
      this.items = items;
      this.work = work;
      this.notStarted = notStarted;
    }

    private void produce() {
      long asked = 0;
      RuntimeException failure = null;
      try {
        while (acquireWindowSlot() && items.hasNext()) {
          startItem(items.next());
          asked++;
        }
      } catch (RuntimeException broken) {
        failure = broken;
      }
      finished.add(new EndOfStream(asked, failure));
    }

    private boolean acquireWindowSlot() {
      window.acquireUninterruptibly();
      return !stopped;
    }

    private void startItem(T item) {
      if (!tryAcquirePermit()) {
        finished.add(notStarted.apply(item));
        return;
      }
      started.register();
      Thread.startVirtualThread(() -> {
        try {
          finished.add(work.apply(item));
        } finally {
          permits.release();
          started.arriveAndDeregister();
        }
      });
    }

    private boolean tryAcquirePermit() {
      if (!tryAcquireBefore(clock.instant().plus(deadline))) {
        return false;
      }
      if (stopped) {
        permits.release();
        return false;
      }
      return true;
    }

    @SuppressWarnings("unchecked")
    private void deliver(Consumer<R> sink) {
      long delivered = 0;
      EndOfStream ended = null;
      while (ended == null || delivered < ended.items()) {
        Object next = take();
        if (next instanceof EndOfStream end) {
          ended = end;
        } else {
          sink.accept((R) next);
          delivered++;
          window.release();
        }
      }
      if (ended.failure() != null) {
        throw ended.failure();
      }
    }

    private Object take() {
      try {
        return finished.take();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while results were awaited", interrupted);
      }
    }

    /** Lets no further item begin. */
    private void stop() {
      stopped = true;
      window.release();
    }

    private void awaitStarted() {
      started.arriveAndAwaitAdvance();
    }
  }

  private boolean tryAcquireBefore(Instant end) {
    try {
      long remaining = Duration.between(clock.instant(), end).toNanos();
      if (!permits.tryAcquire(remaining, TimeUnit.NANOSECONDS)) {
        return false;
      }
      if (clock.instant().isBefore(end)) {
        return true;
      }
      permits.release();
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException repeated) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
