package kassa.domain.rule;

/** The order in which an effect selects units. */
public enum Pick {
  /** In the order of the lines. */
  LINE_ORDER,
  /** Units with the lowest remaining price first. */
  CHEAPEST,
  /** Units with the highest remaining price first. */
  MOST_EXPENSIVE
}
