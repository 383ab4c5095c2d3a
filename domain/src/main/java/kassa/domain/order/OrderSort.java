package kassa.domain.order;

/** What orders are sorted by. Where that is the same, their ids decide in the same direction. */
public enum OrderSort {
  /** By the time at which they were placed, falling. */
  NEWEST_FIRST,
  /** By the time at which they were placed, rising. */
  OLDEST_FIRST,
  /** By their totals as numbers, falling. */
  TOTAL_DESCENDING,
  /** By their totals as numbers, rising. */
  TOTAL_ASCENDING;

  /** Whether it is the total that decides. */
  public boolean isByTotal() {
    return this == TOTAL_DESCENDING || this == TOTAL_ASCENDING;
  }

  /** Whether each order has less than the one before it. */
  public boolean isDescending() {
    return this == NEWEST_FIRST || this == TOTAL_DESCENDING;
  }
}
