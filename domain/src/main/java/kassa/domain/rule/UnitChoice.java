package kassa.domain.rule;

import org.jspecify.annotations.Nullable;

/**
 * How many units of its target an effect takes, and which.
 *
 * @param maxUnits the most of the order, 1 to 1,000,000; all if {@code null}
 * @param pick which first
 * @param maxUnitsPerLine the most of one line, 1 to 1,000,000; all if {@code null}
 */
public record UnitChoice(@Nullable Long maxUnits, Pick pick, @Nullable Long maxUnitsPerLine) {

  /** All units. */
  public static final UnitChoice ALL = new UnitChoice(null, Pick.LINE_ORDER, null);

  /** Whether no unit is left out. */
  public boolean isAll() {
    return maxUnits == null && maxUnitsPerLine == null;
  }
}
