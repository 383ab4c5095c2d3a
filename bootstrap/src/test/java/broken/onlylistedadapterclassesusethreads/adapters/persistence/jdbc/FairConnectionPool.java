package broken.onlylistedadapterclassesusethreads.adapters.persistence.jdbc;

import java.util.concurrent.Semaphore;

/** A listed class, with a class of its own. */
class FairConnectionPool {

  void enter(Semaphore turnstile) {
    turnstile.acquireUninterruptibly();
  }

  record Turn(Semaphore turnstile) {}
}
