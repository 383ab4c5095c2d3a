package broken.onlylistedcoreclassesusethreads.application.internal.concurrent;

import java.util.concurrent.Semaphore;

/** The one home. */
class BoundedExecutor {

  Thread start(Semaphore permits) {
    return Thread.startVirtualThread(permits::release);
  }
}
