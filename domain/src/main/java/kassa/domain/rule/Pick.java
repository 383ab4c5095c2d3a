package kassa.domain.rule;

/** Which units an effect takes first. */
public enum Pick {
  /** In the order of the lines. */
  LINE_ORDER,
  /** Those that cost least now. */
  CHEAPEST,
  /** Those that cost most now. */
  MOST_EXPENSIVE
}
