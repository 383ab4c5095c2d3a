package kassa.adapters.http.routing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Pace at which a client reads a response that is written while its request runs: compares the time
 * for which writes wait for the client with a minimum rate. Fast periods earn no credit.
 * Thread-safe.
 */
final class WritePace {

  /**
   * Minimum average rate at which a client reads a response that it does not read at once, in bytes
   * per second: 16 KiB.
   */
  static final int MIN_BYTES_PER_SECOND = 1 << 14;

  private boolean writing;
  private long writingSince;
  private long missedNanos;

  /**
   * Begins a write.
   *
   * @param now the time in nanoseconds, of {@link System#nanoTime}
   */
  synchronized void begin(long now) {
    writing = true;
    writingSince = now;
  }

  /**
   * Ends a write.
   *
   * @param bytes the size of what was written
   */
  synchronized void end(long now, int bytes) {
    long allowed = bytes * TimeUnit.SECONDS.toNanos(1) / MIN_BYTES_PER_SECOND;
    missedNanos = Math.max(0, missedNanos + now - writingSince - allowed);
    writing = false;
  }

  /** Returns whether a write waits, and the client is further behind than the timeout allows. */
  synchronized boolean isTooSlow(long now, Duration timeout) {
    return writing && missedNanos + now - writingSince > timeout.toNanos();
  }
}
