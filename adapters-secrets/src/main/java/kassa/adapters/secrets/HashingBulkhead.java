package kassa.adapters.secrets;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kassa.application.port.out.identity.HashingOverloadedException;

/**
 * Bulkhead: limits the number of concurrent hashing tasks, because each needs memory and a core. A
 * bounded number of tasks waits in FIFO order, up to a timeout; others are rejected. Thread-safe.
 */
final class HashingBulkhead {

  private final Semaphore admissionPermits;
  private final Semaphore hashingPermits;
  private final long waitTimeoutMillis;

  /**
   * @param maxConcurrent maximum number of concurrent tasks
   * @param maxWaiting maximum number of waiting tasks
   * @param waitTimeout maximum waiting time of a task
   */
  HashingBulkhead(int maxConcurrent, int maxWaiting, Duration waitTimeout) {
    admissionPermits = new Semaphore(maxConcurrent + maxWaiting);
    hashingPermits = new Semaphore(maxConcurrent, true);
    waitTimeoutMillis = waitTimeout.toMillis();
  }

  /**
   * Runs a task when a permit is free.
   *
   * @throws HashingOverloadedException if no permit is free in time; the task is not started
   */
  <T> T execute(Supplier<T> task) {
    if (!admissionPermits.tryAcquire()) {
      throw new HashingOverloadedException();
    }
    try {
      acquireHashingPermit();
      try {
        return task.get();
      } finally {
        hashingPermits.release();
      }
    } finally {
      admissionPermits.release();
    }
  }

  /** Approximate number of waiting tasks. */
  int queueLength() {
    return hashingPermits.getQueueLength();
  }

  private void acquireHashingPermit() {
    try {
      if (!hashingPermits.tryAcquire(waitTimeoutMillis, TimeUnit.MILLISECONDS)) {
        throw new HashingOverloadedException();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new HashingOverloadedException();
    }
  }
}
