package kassa.adapters.http.memory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Budget of bytes for the bodies, the parsed JSON and the responses of all running requests. A
 * request reserves what it needs as it grows, and releases all of it at its end. Small requests may
 * use the whole budget and large ones three quarters of it, so that large bodies never keep small
 * ones out. See docs/decisions/0120. Thread-safe.
 */
public final class MemoryBudget {

  /** A request up to this size is small: 64 KiB. */
  private static final int SMALL_BYTES = 1 << 16;

  private static final ScopedValue<Reservation> CURRENT = ScopedValue.newInstance();

  private final long max;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param max the budget in bytes
   */
  public MemoryBudget(long max) {
    this.max = max;
  }

  /** Returns a budget of a quarter of the maximum heap. */
  public static MemoryBudget ofHeap() {
    return new MemoryBudget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Handles a request. */
  @FunctionalInterface
  public interface Task {
    void run() throws Exception;
  }

  /** What one request has reserved; used by its thread only. */
  private final class Reservation {

    private long bytes;

    void add(long more) {
      long limit = bytes + more <= SMALL_BYTES ? max : max - max / 4;
      long before = used.getAndUpdate(now -> now + more <= limit ? now + more : now);
      if (before + more > limit) {
        throw new MemoryExhaustedException();
      }
      bytes += more;
    }

    void count(long more) {
      used.addAndGet(more);
      bytes += more;
    }

    void releaseDownTo(long kept) {
      used.addAndGet(kept - bytes);
      bytes = kept;
    }
  }

  /** Runs a task whose reservations are released at its end. */
  public void run(Task task) throws Exception {
    Reservation reservation = new Reservation();
    try {
      ScopedValue.where(CURRENT, reservation)
          .call(() -> {
            task.run();
            return reservation;
          });
    } finally {
      reservation.releaseDownTo(0);
    }
  }

  /**
   * Runs a part of the request of the current thread, such as a line of its body. What the part
   * reserves is released at the end of the part, so that many parts need no more memory than one.
   */
  public static void runPart(Runnable part) {
    if (!CURRENT.isBound()) {
      part.run();
      return;
    }
    Reservation request = CURRENT.get();
    long before = request.bytes;
    try {
      part.run();
    } finally {
      request.releaseDownTo(before);
    }
  }

  /**
   * Reserves memory for the request of the current thread. Without a request this does nothing.
   *
   * @throws MemoryExhaustedException if the budget does not have so many bytes left
   */
  public static void reserve(long bytes) {
    if (CURRENT.isBound()) {
      CURRENT.get().add(bytes);
    }
  }

  /**
   * Counts memory for the request of the current thread, even beyond the budget: for what cannot be
   * rejected any more. Other requests then find less. Without a request this does nothing.
   */
  public static void count(long bytes) {
    if (CURRENT.isBound()) {
      CURRENT.get().count(bytes);
    }
  }

  /** Returns the number of bytes that are reserved now. */
  long used() {
    return used.get();
  }
}
