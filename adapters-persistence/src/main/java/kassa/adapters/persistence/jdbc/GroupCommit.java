package kassa.adapters.persistence.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.StepTimer;
import kassa.application.telemetry.Telemetry;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: batches concurrent writes into one transaction, which shares its round trips and
 * its disk sync. There is no delay for batching: a single element is written alone and immediately;
 * elements that arrive during a write form the next group. A further writer starts only for many
 * elements, because small groups cost more per element. See docs/decisions/0013 and 0162.
 *
 * <p>A writer thread exists only while elements are queued, so nothing has to be closed.
 * Thread-safe.
 *
 * <p>Looked at: {@code commit_delay} of PostgreSQL shares the disk sync of transactions, but not
 * their round trips; the batches of JDBC and JDBI belong to one caller; {@code DataLoader}
 * libraries collect reads. H2 has none of these.
 *
 * @param <E> the element to write
 * @param <R> the result of writing an element
 */
public final class GroupCommit<E, R> {

  /**
   * Limits of the queue and of the groups.
   *
   * @param maxWriters maximum number of groups written concurrently, 1 or more
   * @param minConcurrent minimum number of queued elements for which a group is written while
   *     another is, 1 or more; fewer wait and become one group
   * @param slowWrite duration of a write beyond which fewer elements do not wait for it either
   * @param maxQueued capacity of the queue in elements, 1 or more
   * @param queueTimeout maximum wait for space in the queue
   * @param maxWeight weight at which a group is full, 1 or more; the last element may exceed it
   */
  public record Bounds(
      int maxWriters,
      int minConcurrent,
      Duration slowWrite,
      int maxQueued,
      Duration queueTimeout,
      int maxWeight) {}

  private static final class PendingWrite<E, R> {

    private final E element;
    private final StepTimer wait;
    private final CompletableFuture<R> result = new CompletableFuture<>();

    /** How its transaction is measured; set before the result. */
    private @Nullable StepTimer commit;

    private PendingWrite(E element, StepTimer wait) {
      this.element = element;
      this.wait = wait;
    }
  }

  /**
   * Platform threads: on a virtual one, each read from the database takes a timer and a poller.
   * Idle threads end.
   */
  private static final Executor WRITERS =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("kassa-writer").factory());

  private final Bounds bounds;
  private final ToIntFunction<E> weight;
  private final Function<List<E>, List<R>> write;
  private final BlockingQueue<PendingWrite<E, R>> queue;
  private final Semaphore idleWriters;
  private final Telemetry telemetry;

  /** When a writer last took a group, in nanoseconds of {@link System#nanoTime}. */
  private volatile long lastStart;

  /**
   * @param weight the weight of an element
   * @param write writes a group in one transaction, durably, and returns the results in the order
   *     of the elements; if it throws, the transaction is rolled back, or it throws a {@link
   *     StoreUnavailableException}
   */
  public GroupCommit(
      Bounds bounds,
      ToIntFunction<E> weight,
      Function<List<E>, List<R>> write,
      Telemetry telemetry) {
    this.bounds = bounds;
    this.weight = weight;
    this.write = write;
    this.queue = new ArrayBlockingQueue<>(bounds.maxQueued(), true);
    this.idleWriters = new Semaphore(bounds.maxWriters());
    this.telemetry = telemetry;
    telemetry.register(Gauge.WRITE_QUEUE_LENGTH, queue::size);
  }

  /**
   * Writes an element as part of a group, and returns when it is durable. An interrupt does not end
   * the wait for the result, because the outcome is unknown until then.
   *
   * @return the result of this element
   * @throws StoreUnavailableException if the queue stays full until the timeout, the thread is
   *     interrupted before that, or the outcome of the write is unknown
   * @throws RuntimeException the exception of writing this element alone
   */
  public R submit(E element) {
    StepTimer wait = telemetry.begin(Step.GROUP_WAIT);
    try (wait) {
      PendingWrite<E, R> entry = new PendingWrite<>(element, wait);
      enqueue(entry);
      startWriter();
      return awaitResult(entry);
    }
  }

  private R awaitResult(PendingWrite<E, R> entry) {
    try {
      return entry.result.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    } finally {
      if (entry.commit != null) {
        telemetry.share(entry.commit);
      }
    }
  }

  private void enqueue(PendingWrite<E, R> entry) {
    try {
      if (!queue.offer(entry, bounds.queueTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailableException("the write queue is full", new TimeoutException());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException(
          "interrupted while waiting for the write queue", interrupted);
    }
  }

  private void startWriter() {
    if (needsWriterBeside(runningWriters()) && idleWriters.tryAcquire()) {
      WRITERS.execute(this::drainQueue);
    }
  }

  /** Writes groups until the queue is empty, or the other writers suffice for what is left. */
  private void drainQueue() {
    try {
      List<PendingWrite<E, R>> group = nextGroup();
      while (!group.isEmpty()) {
        write(group);
        group = needsWriterBeside(runningWriters() - 1) ? nextGroup() : List.of();
      }
    } finally {
      idleWriters.release();
      // An element that arrived after the last poll found this writer still busy.
      if (!queue.isEmpty()) {
        startWriter();
      }
    }
  }

  private int runningWriters() {
    return bounds.maxWriters() - idleWriters.availablePermits();
  }

  /** Returns whether the queued elements should not wait for this number of other writers. */
  private boolean needsWriterBeside(int others) {
    return others == 0
        || queue.size() >= bounds.minConcurrent()
        || System.nanoTime() - lastStart > bounds.slowWrite().toNanos();
  }

  private List<PendingWrite<E, R>> nextGroup() {
    lastStart = System.nanoTime();
    List<PendingWrite<E, R>> group = new ArrayList<>();
    int sum = 0;
    while (sum < bounds.maxWeight()) {
      PendingWrite<E, R> entry = queue.poll();
      if (entry == null) {
        return group;
      }
      entry.wait.stop();
      group.add(entry);
      sum += weight.applyAsInt(entry.element);
    }
    return group;
  }

  /** Splits a group that fails in two halves, so that one bad element does not fail the others. */
  private void write(List<PendingWrite<E, R>> group) {
    Throwable failure = tryWrite(group);
    if (failure == null) {
      return;
    }
    if (group.size() == 1 || failure instanceof StoreUnavailableException) {
      group.forEach(entry -> entry.result.completeExceptionally(failure));
      return;
    }
    write(group.subList(0, group.size() / 2));
    write(group.subList(group.size() / 2, group.size()));
  }

  private @Nullable Throwable tryWrite(List<PendingWrite<E, R>> group) {
    StepTimer commit = telemetry.begin(Step.COMMIT);
    group.forEach(entry -> entry.commit = commit);
    Iterator<R> results;
    try (commit) {
      results = write.apply(group.stream().map(entry -> entry.element).toList()).iterator();
    } catch (RuntimeException | Error failure) {
      return failure;
    }
    telemetry.recordGroupSize(group.size());
    try {
      group.forEach(entry -> entry.result.complete(results.next()));
      return null;
    } catch (RuntimeException failure) {
      return failure;
    }
  }
}
