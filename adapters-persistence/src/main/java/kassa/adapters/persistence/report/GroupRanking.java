package kassa.adapters.persistence.report;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Counts the orders of very many groups by hash: an open-addressing hash table that needs 16 to 64
 * bytes per group. Not thread-safe.
 */
final class GroupRanking {

  private static final int INITIAL_CAPACITY = 1 << 12;

  /** Group with its number of orders. */
  private record Rank(long hash, long orders) {}

  /** Ascending: the group to drop first is the first one. */
  private static final Comparator<Rank> ORDER =
      Comparator.comparingLong(Rank::orders).thenComparing(Rank::hash, Comparator.reverseOrder());

  private long[] hashes = new long[INITIAL_CAPACITY];
  private long[] orders = new long[INITIAL_CAPACITY];
  private boolean[] used = new boolean[INITIAL_CAPACITY];
  private int size;

  void add(long hash, long count) {
    if (2 * size >= hashes.length) {
      grow();
    }
    int slot = slotOf(hash);
    if (!used[slot]) {
      used[slot] = true;
      hashes[slot] = hash;
      size++;
    }
    orders[slot] += count;
  }

  private int slotOf(long hash) {
    int mask = hashes.length - 1;
    // The low bits may be the same in all groups of a ranking.
    int slot = (int) (hash >>> 32) & mask;
    while (used[slot] && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHashes = hashes;
    long[] oldOrders = orders;
    boolean[] oldUsed = used;
    hashes = new long[2 * oldHashes.length];
    orders = new long[hashes.length];
    used = new boolean[hashes.length];
    for (int i = 0; i < oldUsed.length; i++) {
      if (oldUsed[i]) {
        int slot = slotOf(oldHashes[i]);
        used[slot] = true;
        hashes[slot] = oldHashes[i];
        orders[slot] = oldOrders[i];
      }
    }
  }

  /** The hashes of the groups with the most orders, at least {@code minOrders}. */
  static final class Top {

    private final PriorityQueue<Rank> top = new PriorityQueue<>(ORDER);
    private final int max;
    private final long minOrders;

    Top(int max, long minOrders) {
      this.max = max;
      this.minOrders = minOrders;
    }

    void addAll(GroupRanking ranking) {
      for (int i = 0; i < ranking.used.length; i++) {
        if (ranking.used[i] && ranking.orders[i] >= minOrders) {
          add(new Rank(ranking.hashes[i], ranking.orders[i]));
        }
      }
    }

    private void add(Rank rank) {
      if (top.size() < max) {
        top.add(rank);
      } else if (ORDER.compare(rank, top.element()) > 0) {
        top.remove();
        top.add(rank);
      }
    }

    Set<Long> hashes() {
      Set<Long> hashes = new HashSet<>();
      top.forEach(rank -> hashes.add(rank.hash()));
      return hashes;
    }
  }
}
