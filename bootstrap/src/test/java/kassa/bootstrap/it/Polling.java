package kassa.bootstrap.it;

import java.util.concurrent.locks.LockSupport;

/** Pauses that leave the cores to the processes under test. */
final class Polling {

  private static final long INTERVAL_NANOS = 1_000_000;

  private static final long CLIENT_PAUSE_NANOS = 25_000_000;

  private Polling() {}

  /** Pauses before the next check: a busy wait would take a core from the processes under test. */
  static void pause() {
    LockSupport.parkNanos(INTERVAL_NANOS);
  }

  /**
   * Pauses a client between two requests that only have to continue, not to be as many as can be.
   */
  static void pauseClient() {
    LockSupport.parkNanos(CLIENT_PAUSE_NANOS);
  }
}
