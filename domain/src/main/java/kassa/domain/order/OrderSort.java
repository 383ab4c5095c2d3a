package kassa.domain.order;

/** Sort order of an order search. Ties are sorted by id in the same direction. */
public enum OrderSort {
  /** By time of placement, descending. */
  NEWEST_FIRST,
  /** By time of placement, ascending. */
  OLDEST_FIRST,
  /** By total as a number, descending. */
  TOTAL_DESCENDING,
  /** By total as a number, ascending. */
  TOTAL_ASCENDING;

  /** Returns whether orders are sorted by total. */
  public boolean isByTotal() {
    return this == TOTAL_DESCENDING || this == TOTAL_ASCENDING;
  }

  /** Returns whether the order is descending. */
  public boolean isDescending() {
    return this == NEWEST_FIRST || this == TOTAL_DESCENDING;
  }
}
