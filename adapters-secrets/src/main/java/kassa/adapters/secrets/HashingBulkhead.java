package kassa.adapters.secrets;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kassa.application.port.out.identity.HashingOverloadedException;

/**
 * Lets few work at a time, first come, first served. A few more may wait, each for a while; who
 * would have to wait longer is refused. Work takes memory and a core, so that more of it at once
 * would only be slower for all.
 */
final class HashingBulkhead {

  private final Semaphore admissionPermits;
  private final Semaphore hashingPermits;
  private final long waitTimeoutMillis;

  /**
   * @param maxConcurrent how many may work at a time
   * @param maxWaiting how many more may wait
   * @param waitTimeout how long each of them waits
   */
  HashingBulkhead(int maxConcurrent, int maxWaiting, Duration waitTimeout) {
    admissionPermits = new Semaphore(maxConcurrent + maxWaiting);
    hashingPermits = new Semaphore(maxConcurrent, true);
    waitTimeoutMillis = waitTimeout.toMillis();
  }

  /**
   * Does the work when there is a place.
   *
   * @throws HashingOverloadedException if there is none in time; the work is not begun
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

  /** How many wait now, more or less. */
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
