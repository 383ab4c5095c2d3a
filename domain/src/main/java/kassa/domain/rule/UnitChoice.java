package kassa.domain.rule;

import org.jspecify.annotations.Nullable;

/**
 * Choice of units: how many units of its target an effect selects, and which.
 *
 * @param maxUnits the maximum number of units of the order, 1 to 1,000,000; {@code null} for all
 * @param pick which units are selected first
 * @param maxUnitsPerLine the maximum number of units of a line, 1 to 1,000,000; {@code null} for
 *     all
 */
public record UnitChoice(@Nullable Long maxUnits, Pick pick, @Nullable Long maxUnitsPerLine) {

  /** Selects all units. */
  public static final UnitChoice ALL = new UnitChoice(null, Pick.LINE_ORDER, null);

  /** Returns whether all units are selected. */
  public boolean isAll() {
    return maxUnits == null && maxUnitsPerLine == null;
  }
}
