package kassa.application.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import kassa.application.port.in.OverloadedException;

/** Budget for the total weight of values in memory, over all threads. Thread-safe. */
public final class WeightBudget {

  private final int capacity;
  private final Semaphore free;

  /**
   * @param capacity the maximum total weight, 1 or more; a heavier value takes the whole budget
   */
  public WeightBudget(int capacity) {
    this.capacity = capacity;
    this.free = new Semaphore(capacity, true);
  }

  /** Takes weight if it is free, without waiting; returns whether it was taken. */
  public boolean tryTake(int weight) {
    return free.tryAcquire(counted(weight));
  }

  /** Takes weight, or all that is free if this is less. */
  public void takeAsFarAsFree(int weight) {
    if (!tryTake(weight)) {
      free.drainPermits();
    }
  }

  /**
   * Takes weight, and waits for it in the order of the calls.
   *
   * @throws OverloadedException if the weight is not free until the timeout, or if the thread is
   *     interrupted
   */
  public void take(int weight, Duration timeout) {
    try {
      if (free.tryAcquire(counted(weight), timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw new OverloadedException("too many lines and discounts in memory");
  }

  /** Returns weight that was taken. */
  public void giveBack(int weight) {
    free.release(counted(weight));
  }

  private int counted(int weight) {
    return Math.min(weight, capacity);
  }
}
