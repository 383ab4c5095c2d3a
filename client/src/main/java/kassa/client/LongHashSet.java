package kassa.client;

/**
 * Hash set of {@code long} values with open addressing, about 16 bytes per value. The values must
 * be evenly distributed, such as digests. Not thread-safe.
 */
final class LongHashSet {

  private static final int INITIAL_CAPACITY = 1 << 10;

  private long[] slots = new long[INITIAL_CAPACITY];
  private int size;

  /**
   * Adds a number; 0 and 1 count as equal.
   *
   * @return whether the number is new
   */
  boolean add(long number) {
    // Zero marks a free slot.
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

  /** Index of the slot with the number, or of the free slot for it. */
  private static int slot(long[] slots, long digest) {
    int slot = (int) digest & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != digest) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
