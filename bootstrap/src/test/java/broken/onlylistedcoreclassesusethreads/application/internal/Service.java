package broken.onlylistedcoreclassesusethreads.application.internal;

import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;

/** Is concurrent on its own. */
class Service {

  private int count;

  Thread start(Runnable work) {
    return Thread.ofVirtual().start(work);
  }

  void leave(Semaphore permits) {
    permits.release();
  }

  void lock(Lock lock) {
    lock.lock();
  }

  int sum(List<Integer> numbers) {
    return numbers.parallelStream().mapToInt(Integer::intValue).sum();
  }

  synchronized void count() {
    count++;
  }

  int counted() {
    synchronized (this) {
      return count;
    }
  }
}
