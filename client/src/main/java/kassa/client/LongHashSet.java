package kassa.client;

/**
 * A set of numbers that are spread evenly, in some 16 bytes each: by open addressing. One thread
 * only.
 */
final class LongHashSet {

  private static final int INITIAL_CAPACITY = 1 << 10;

  private long[] slots = new long[INITIAL_CAPACITY];
  private int size;

  /**
   * Adds a number; 0 and 1 count as the same.
   *
   * @return whether it was not there
   */
  boolean add(long number) {
    // Zero marks a slot that is free.
    long digest = number == 0 ? 1 : number;
    int slot = slot(slots, digest);
    if (slots[slot] == digest) {
      return false;
    }
    slots[slot] = digest;
    size++;
    if (size > slots.length / 2) {
      grow();
    }
    return true;
  }

  int size() {
    return size;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long digest : slots) {
      if (digest != 0) {
        larger[slot(larger, digest)] = digest;
      }
    }
    slots = larger;
  }

  /** The slot that has the number, or the free one where it belongs. */
  private static int slot(long[] slots, long digest) {
    int slot = (int) digest & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != digest) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
