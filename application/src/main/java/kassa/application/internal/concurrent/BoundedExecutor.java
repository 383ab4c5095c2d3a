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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Executor with bounded concurrency, a start deadline and cancellation. Items run in virtual
 * threads. The number of running items of all calls never exceeds the bound, and no item starts
 * after the deadline. The only class of this module that starts threads or waits for them.
 * Thread-safe.
 *
 * <p>Started items are always awaited and never interrupted: a write in progress has an outcome,
 * and its caller must get it.
 */
public final class BoundedExecutor {

  /**
   * Maximum weight of the stream items that are read ahead of the consumed results (backpressure).
   * An item can be an order with 500 lines; a larger window would not fit into a small heap when
   * results are consumed slowly.
   */
  public static final int STREAM_WINDOW_SIZE = 64;

  private final InstantSource clock;
  private final int bound;
  private final Semaphore permits;
  private final Duration deadline;

  /**
   * @param clock the clock for the deadline
   * @param bound the maximum number of running items, over all calls
   * @param deadline how long after its start a call can start items
   */
  public BoundedExecutor(InstantSource clock, int bound, Duration deadline) {
    this.clock = clock;
    this.bound = bound;
    this.permits = new Semaphore(bound, true);
    this.deadline = deadline;
  }

  /**
   * Applies {@code work} to each item of a list. As many threads as the bound take the items one
   * after another: a thread for each item would cost more than the work on a small item.
   *
   * @param work must not throw
   * @param notStarted the result of items that were not started before the deadline, or before the
   *     caller was interrupted
   * @return one result per item, in the order of the items
   */
  public <T, R> List<R> invokeAll(List<T> items, Function<T, R> work, R notStarted) {
    ListRun<T, R> run = new ListRun<>(items, work, notStarted, clock.instant().plus(deadline));
    if (!Thread.currentThread().isInterrupted()) {
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < Math.min(bound, items.size()); i++) {
        workers.add(Thread.startVirtualThread(run));
      }
      workers.forEach(worker -> joinUninterruptibly(worker, run::stop));
    }
    return run.results;
  }

  /** One call with a list: what its threads share. */
  private final class ListRun<T, R> implements Runnable {

    private final List<T> items;
    private final Function<T, R> work;
    private final Instant end;
    private final AtomicInteger next = new AtomicInteger();

    /** Each slot is written by one thread; joining the thread makes the slot visible. */
    private final List<R> results;

    private ListRun(List<T> items, Function<T, R> work, R notStarted, Instant end) {
      this.items = items;
      this.work = work;
      this.end = end;
      this.results = new ArrayList<>(Collections.nCopies(items.size(), notStarted));
    }

    @Override
    public void run() {
      while (next.get() < items.size() && tryAcquireBefore(end)) {
        try {
          startNext();
        } finally {
          permits.release();
        }
      }
    }

    private void startNext() {
      int slot = next.getAndIncrement();
      if (slot >= items.size()) {
        return;
      }
      try {
        results.set(slot, work.apply(items.get(slot)));
      } catch (RuntimeException | Error failure) {
        // The thread goes on with the other items.
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, failure);
      }
    }

    /** Prevents further items from starting. */
    private void stop() {
      next.set(items.size());
    }
  }

  /**
   * Applies {@code work} to each item of a stream, with backpressure. A separate thread reads the
   * items, at most {@link #STREAM_WINDOW_SIZE} ahead of the consumed results. When reading or
   * consuming throws, no further item starts.
   *
   * @param weight the part of the window that an item takes, 1 or more; a heavier item than the
   *     window takes all of it
   * @param work must not throw
   * @param notStarted creates the result of an item that was not started within the deadline after
   *     it was read
   * @param sink consumes the results as they become available, in the calling thread
   * @throws RuntimeException the exception of {@code items} or {@code sink}, after all started
   *     items are finished
   */
  public <T, R> void stream(
      Iterator<T> items,
      ToIntFunction<T> weight,
      Function<T, R> work,
      Function<T, R> notStarted,
      Consumer<R> sink) {
    StreamRun<T, R> stream = new StreamRun<>(items, weight, work, notStarted);
    Thread producer = Thread.startVirtualThread(stream::produce);
    try {
      stream.deliver(sink);
    } finally {
      stream.stop();
      producer.interrupt();
      joinUninterruptibly(producer, () -> {});
      stream.awaitStarted();
    }
  }

  /** One streaming call: the state between producer and sink. */
  private final class StreamRun<T, R> {

    /**
     * Marks the end of the results: the number of items read, and the exception that ended reading,
     * if any.
     */
    private record EndOfStream(long itemCount, @Nullable RuntimeException failure) {}

    /** Result of an item, with the part of the window that the item takes. */
    private record Result<R>(R value, int weight) {}

    private final Iterator<T> items;
    private final ToIntFunction<T> weight;
    private final Function<T, R> work;
    private final Function<T, R> notStarted;
    private final Semaphore window = new Semaphore(STREAM_WINDOW_SIZE);
    private final BlockingQueue<Object> finished = new LinkedBlockingQueue<>();
    private final Phaser started = new Phaser(1);
    private volatile boolean stopped;

    private StreamRun(
        Iterator<T> items,
        ToIntFunction<T> weight,
        Function<T, R> work,
        Function<T, R> notStarted) {
      this.items = items;
      this.weight = weight;
      this.work = work;
      this.notStarted = notStarted;
    }

    private void produce() {
      long itemCount = 0;
      RuntimeException failure = null;
      try {
        while (acquireWindow(1) && items.hasNext()) {
          T item = items.next();
          int itemWeight = Math.min(weight.applyAsInt(item), STREAM_WINDOW_SIZE);
          // The item is in memory already; it starts when the others leave it enough room.
          acquireWindow(itemWeight - 1);
          startItem(item, itemWeight);
          itemCount++;
        }
      } catch (RuntimeException exception) {
        failure = exception;
      }
      finished.add(new EndOfStream(itemCount, failure));
    }

    private boolean acquireWindow(int size) {
      window.acquireUninterruptibly(size);
      return !stopped;
    }

    private void startItem(T item, int itemWeight) {
      if (!tryAcquirePermit()) {
        finished.add(new Result<>(notStarted.apply(item), itemWeight));
        return;
      }
      started.register();
      Thread.startVirtualThread(() -> {
        try {
          finished.add(new Result<>(work.apply(item), itemWeight));
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
      EndOfStream endOfStream = null;
      while (endOfStream == null || delivered < endOfStream.itemCount()) {
        Object next = take();
        if (next instanceof EndOfStream end) {
          endOfStream = end;
        } else {
          Result<R> result = (Result<R>) next;
          sink.accept(result.value());
          delivered++;
          window.release(result.weight());
        }
      }
      if (endOfStream.failure() != null) {
        throw endOfStream.failure();
      }
    }

    private Object take() {
      try {
        return finished.take();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for results", interrupted);
      }
    }

    /** Prevents further items from starting. */
    private void stop() {
      stopped = true;
      window.release(STREAM_WINDOW_SIZE);
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

  private static void joinUninterruptibly(Thread thread, Runnable onInterrupt) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException repeated) {
        interrupted = true;
        onInterrupt.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
