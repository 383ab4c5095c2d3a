package broken.adaptersstartnothreads.adapters.persistence;

import java.util.concurrent.Semaphore;

/** A listed class, with a class of its own. */
class FairPool {

  void enter(Semaphore turnstile) {
    turnstile.acquireUninterruptibly();
  }

  record Turn(Semaphore turnstile) {}
}
