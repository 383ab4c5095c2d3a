package kassa.bootstrap.server;

import java.util.function.LongSupplier;

/**
 * Periodic task that collects the whole heap when twice as much is used as after the last time. The
 * Serial collector alone lets the heap grow to its maximum before it collects the old generation,
 * and returns memory to the machine only then. See docs/decisions/0156. Not thread-safe.
 */
final class HeapTrim implements Runnable {

  /** A smaller heap is not collected: 40 MiB. */
  static final long MIN_USED_BYTES = 40L << 20;

  private final LongSupplier usedBytes;
  private final Runnable collect;
  private long limit = MIN_USED_BYTES;

  /**
   * @param usedBytes returns the used part of the heap in bytes, with garbage
   * @param collect collects all garbage
   */
  HeapTrim(LongSupplier usedBytes, Runnable collect) {
    this.usedBytes = usedBytes;
    this.collect = collect;
  }

  /** Returns a task for the heap of this process. */
  static HeapTrim ofThisProcess() {
    Runtime runtime = Runtime.getRuntime();
    return new HeapTrim(() -> runtime.totalMemory() - runtime.freeMemory(), runtime::gc);
  }

  @Override
  public void run() {
    if (usedBytes.getAsLong() > limit) {
      collect.run();
      limit = Math.max(MIN_USED_BYTES, 2 * usedBytes.getAsLong());
    }
  }
}
