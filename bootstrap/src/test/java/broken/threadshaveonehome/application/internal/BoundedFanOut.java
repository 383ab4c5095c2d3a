package broken.threadshaveonehome.application.internal;

import java.util.concurrent.Semaphore;

/** The one home. */
class BoundedFanOut {

  Thread start(Semaphore permits) {
    return Thread.startVirtualThread(permits::release);
  }
}
