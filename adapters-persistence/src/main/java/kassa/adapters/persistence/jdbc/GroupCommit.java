package kassa.adapters.persistence.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import kassa.application.port.out.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Has written together what arrives together, so that it shares the round trips and the sync of one
 * transaction. Nothing waits for company: what comes alone is written alone and at once, and what
 * comes while all writers are busy makes the next group. See docs/decisions/0013.
 *
 * <p>There is no writer while there is nothing to write, so there is nothing to be closed. May be
 * used by any number of threads.
 *
 * @param <E> what is to be written
 * @param <R> what comes of it
 */
public final class GroupCommit<E, R> {

  /**
   * How much goes together.
   *
   * @param maxWriters the most groups that are written at the same time, 1 or more
   * @param maxQueued the most elements that wait to be written, 1 or more
   * @param queueTimeout to become one of those that wait
   * @param maxWeight the weight that fills a group, 1 or more
   */
  public record Bounds(int maxWriters, int maxQueued, Duration queueTimeout, int maxWeight) {}

  private static final class PendingWrite<E, R> {

    private final E element;
    private final CompletableFuture<R> result = new CompletableFuture<>();

    private PendingWrite(E element) {
      this.element = element;
    }
  }

  private final Bounds bounds;
  private final ToIntFunction<E> weight;
  private final Function<List<E>, List<R>> write;
  private final BlockingQueue<PendingWrite<E, R>> queue;
  private final Semaphore idleWriters;

  /**
   * @param weight of an element
   * @param write writes a group in one transaction, durably, and gives what came of each of its
   *     elements in their order; what throws leaves nothing behind, or it is a {@link
   *     StoreUnavailableException}
   */
  public GroupCommit(Bounds bounds, ToIntFunction<E> weight, Function<List<E>, List<R>> write) {
    this.bounds = bounds;
    this.weight = weight;
    this.write = write;
    this.queue = new ArrayBlockingQueue<>(bounds.maxQueued(), true);
    this.idleWriters = new Semaphore(bounds.maxWriters());
  }

  /**
   * Has an element written, and returns when it is durable. A thread that is interrupted while it
   * is being written waits all the same: only then is it known what came of it.
   *
   * @return what came of it
   * @throws StoreUnavailableException if too many others wait, or if it is not known whether it was
   *     written
   * @throws RuntimeException what the writing of this element alone throws
   */
  public R submit(E element) {
    PendingWrite<E, R> entry = new PendingWrite<>(element);
    enqueue(entry);
    startWriter();
    try {
      return entry.result.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }

  private void enqueue(PendingWrite<E, R> entry) {
    try {
      if (!queue.offer(entry, bounds.queueTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailableException(
            "too many others wait to be written", new TimeoutException());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted before it was written", interrupted);
    }
  }

  private void startWriter() {
    if (idleWriters.tryAcquire()) {
      Thread.ofVirtual().name("kassa-writer").start(this::drainQueue);
    }
  }

  private void drainQueue() {
    try {
      for (List<PendingWrite<E, R>> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
        write(group);
      }
    } finally {
      idleWriters.release();
      // One that came after the last look found this writer still busy.
      if (!queue.isEmpty()) {
        startWriter();
      }
    }
  }

  private List<PendingWrite<E, R>> nextGroup() {
    List<PendingWrite<E, R>> group = new ArrayList<>();
    int sum = 0;
    while (sum < bounds.maxWeight()) {
      PendingWrite<E, R> entry = queue.poll();
      if (entry == null) {
        return group;
      }
      group.add(entry);
      sum += weight.applyAsInt(entry.element);
    }
    return group;
  }

  /** A group that cannot be written is halved, so that one bad element does not fail the others. */
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
    try {
      Iterator<R> results =
          write.apply(group.stream().map(entry -> entry.element).toList()).iterator();
      group.forEach(entry -> entry.result.complete(results.next()));
      return null;
    } catch (RuntimeException | Error failure) {
      return failure;
    }
  }
}
