package kassa.domain.order;

/** What orders are sorted by. Where that is the same, their ids decide in the same direction. */
public enum OrderSort {
  /** By the time at which they were placed, falling. */
  NEWEST_FIRST,
  /** By the time at which they were placed, rising. */
  OLDEST_FIRST,
  /** By their totals as numbers, falling. */
  LARGEST_FIRST,
  /** By their totals as numbers, rising. */
  SMALLEST_FIRST;

  /** Whether it is the total that decides. */
  public boolean isByTotal() {
    return this == LARGEST_FIRST || this == SMALLEST_FIRST;
  }

  /** Whether each order has less than the one before it. */
  public boolean isFalling() {
    return this == NEWEST_FIRST || this == LARGEST_FIRST;
  }
}
