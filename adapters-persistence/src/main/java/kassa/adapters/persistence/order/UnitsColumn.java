package kassa.adapters.persistence.order;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import kassa.domain.pricing.UnitRun;
import org.jspecify.annotations.Nullable;

/**
 * Formats and parses the column {@code unit_ranges}: {@code thousandths:gross:discount} for each
 * run of units with the same price, separated by commas. Null for most lines.
 */
final class UnitsColumn {

  private UnitsColumn() {}

  static @Nullable String format(List<UnitRun> units) {
    return units.isEmpty()
        ? null
        : units.stream()
            .map(run -> run.thousandths() + ":" + run.gross() + ":" + run.discount())
            .collect(Collectors.joining(","));
  }

  /**
   * Parses the column.
   *
   * @throws IllegalArgumentException if the column has another form
   */
  static List<UnitRun> parse(@Nullable String column) {
    return column == null
        ? List.of()
        : Arrays.stream(column.split(",", -1)).map(UnitsColumn::parseRun).toList();
  }

  private static UnitRun parseRun(String text) {
    String[] numbers = text.split(":", -1);
    if (numbers.length != 3) {
      throw new IllegalArgumentException("units must be of the form thousandths:gross:discount");
    }
    return new UnitRun(
        Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
  }
}
