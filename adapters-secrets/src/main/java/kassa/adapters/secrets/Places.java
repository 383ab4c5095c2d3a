package kassa.adapters.secrets;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kassa.application.port.out.TooManyPasswordsException;

/**
 * Lets few work at a time, first come, first served. A few more may wait, each for a while; who
 * would have to wait longer is refused. Work takes memory and a core, so that more of it at once
 * would only be slower for all.
 */
final class Places {

  private final Semaphore inside;
  private final Semaphore atWork;
  private final long patienceMillis;

  /**
   * @param atOnce how many may work at a time
   * @param waiting how many more may wait
   * @param patience how long each of them waits
   */
  Places(int atOnce, int waiting, Duration patience) {
    inside = new Semaphore(atOnce + waiting);
    atWork = new Semaphore(atOnce, true);
    patienceMillis = patience.toMillis();
  }

  /**
   * Does the work when there is a place.
   *
   * @throws TooManyPasswordsException if there is none in time; the work is not begun
   */
  <T> T work(Supplier<T> work) {
    if (!inside.tryAcquire()) {
      throw new TooManyPasswordsException();
    }
    try {
      enter();
      try {
        return work.get();
      } finally {
        atWork.release();
      }
    } finally {
      inside.release();
    }
  }

  /** How many wait now, more or less. */
  int waiting() {
    return atWork.getQueueLength();
  }

  private void enter() {
    try {
      if (!atWork.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
        throw new TooManyPasswordsException();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TooManyPasswordsException();
    }
  }
}
