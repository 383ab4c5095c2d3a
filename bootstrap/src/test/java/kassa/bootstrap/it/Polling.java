package kassa.bootstrap.it;

import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition of another process. */
final class Polling {

  private static final long INTERVAL_NANOS = 1_000_000;

  private Polling() {}

  /** Pauses before the next check: a busy wait would take a core from the processes under test. */
  static void pause() {
    LockSupport.parkNanos(INTERVAL_NANOS);
  }
}
