package kassa.adapters.persistence.order.search;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import org.jspecify.annotations.Nullable;

/**
 * SQL conditions for the range of times, the range of totals and the keyset position of an order
 * search. A range may have a guard, which is a condition: if it is false, no row is in the range.
 * See docs/decisions/0070.
 */
final class OrderRangeConditions {

  private static final Scale TIME_SCALE =
      new Scale("timestamp(6) with time zone", ":minTime", ":maxTime");
  private static final Scale TOTAL_SCALE = new Scale("numeric(23, 4)", ":minTotal", ":maxTotal");

  private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final BigDecimal MAX_TOTAL = new BigDecimal("9999999999999999999.9999");

  private final OrderFilter filter;
  private final OrderSort sort;
  private final @Nullable OrderSortKey after;

  /** A sort column: its SQL type, and bounds below and above all stored values. */
  private record Scale(String type, String min, String max) {

    String guardedBound(String guard, String ifTrue, String ifFalse) {
      return "case when %s then cast(%s as %s) else cast(%s as %s) end"
          .formatted(guard, ifTrue, type, ifFalse, type);
    }
  }

  OrderRangeConditions(OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after) {
    this.filter = filter;
    this.sort = sort;
    this.after = after;
  }

  /** Values of the bind variables, by name. */
  Map<String, Object> bindings() {
    Map<String, Object> bindings = new LinkedHashMap<>();
    bindings.put("minTime", timestamp(Instant.EPOCH));
    bindings.put("maxTime", timestamp(MAX_TIME));
    bindings.put("minTotal", MAX_TOTAL.negate());
    bindings.put("maxTotal", MAX_TOTAL);
    if (filter.placed().from() != null) {
      bindings.put("placedFrom", timestamp(filter.placed().from()));
    }
    if (filter.placed().to() != null) {
      bindings.put("placedTo", timestamp(filter.placed().to()));
    }
    if (filter.total().min() != null) {
      bindings.put("totalMin", filter.total().min());
    }
    if (filter.total().max() != null) {
      bindings.put("totalMax", filter.total().max());
    }
    if (after != null) {
      bindings.put("id", after.id().value());
      bindings.put("position", sort.isByTotal() ? after.total() : timestamp(after.placedAt()));
    }
    return bindings;
  }

  boolean hasTimeRange() {
    return filter.placed().from() != null || filter.placed().to() != null;
  }

  boolean hasTotalRange() {
    return filter.total().min() != null || filter.total().max() != null;
  }

  @Nullable String timeRange(String column, @Nullable String guard) {
    return and(
        lowerBound(
            column, filter.placed().from() == null ? null : ":placedFrom", TIME_SCALE, guard),
        upperBound(
            column + " <", filter.placed().to() == null ? null : ":placedTo", TIME_SCALE, guard));
  }

  @Nullable String totalRange(String column, @Nullable String guard) {
    return totalRange(column, guard, null);
  }

  /**
   * The range of totals of a scan that may end early.
   *
   * @param end SQL of the total at which the scan ends, null if it does not end early; only with a
   *     guard
   */
  @Nullable String totalRange(String column, @Nullable String guard, @Nullable String end) {
    if (end != null) {
      String min = filter.total().min() == null ? TOTAL_SCALE.min : ":totalMin";
      String max = filter.total().max() == null ? TOTAL_SCALE.max : ":totalMax";
      String last = "coalesce(%s, cast(%s as %s))";
      return sort.isDescending()
          ? and(
              lowerBound(column, last.formatted(end, min, TOTAL_SCALE.type), TOTAL_SCALE, guard),
              totalRangeStart(column, guard))
          : and(
              totalRangeStart(column, guard),
              upperBound(
                  column + " <=", last.formatted(end, max, TOTAL_SCALE.type), TOTAL_SCALE, guard));
    }
    return and(
        lowerBound(column, filter.total().min() == null ? null : ":totalMin", TOTAL_SCALE, guard),
        upperBound(
            column + " <=", filter.total().max() == null ? null : ":totalMax", TOTAL_SCALE, guard));
  }

  /** The bound of the totals on the side where a scan by total starts. */
  private @Nullable String totalRangeStart(String column, @Nullable String guard) {
    return sort.isDescending()
        ? upperBound(
            column + " <=", filter.total().max() == null ? null : ":totalMax", TOTAL_SCALE, guard)
        : lowerBound(column, filter.total().min() == null ? null : ":totalMin", TOTAL_SCALE, guard);
  }

  /**
   * The lower bound, which is the end of a descending scan. If the guard is false, the bound
   * excludes all rows. It is the only bound on its side, because of several bounds H2 uses the
   * widest; the other side has the keyset position.
   */
  private @Nullable String lowerBound(
      String column, @Nullable String min, Scale scale, @Nullable String guard) {
    if (guard == null || !sort.isDescending()) {
      return min == null || isImpliedByPosition(scale, false) ? null : column + " >= " + min;
    }
    return column + " >= " + scale.guardedBound(guard, min == null ? scale.min : min, scale.max);
  }

  /** The upper bound, which is the end of an ascending scan; see {@link #lowerBound}. */
  private @Nullable String upperBound(
      String comparison, @Nullable String max, Scale scale, @Nullable String guard) {
    if (guard == null || sort.isDescending()) {
      return max == null || isImpliedByPosition(scale, true) ? null : comparison + " " + max;
    }
    return comparison + " " + scale.guardedBound(guard, max == null ? scale.max : max, scale.min);
  }

  /** Whether the keyset position already restricts the start of the scan further than the bound. */
  private boolean isImpliedByPosition(Scale scale, boolean descending) {
    if (after == null
        || descending != sort.isDescending()
        || scale.equals(TOTAL_SCALE) != sort.isByTotal()) {
      return false;
    }
    if (sort.isByTotal()) {
      BigDecimal bound = requireNonNull(descending ? filter.total().max() : filter.total().min());
      return descending ? after.total().compareTo(bound) <= 0 : after.total().compareTo(bound) >= 0;
    }
    Instant bound = requireNonNull(descending ? filter.placed().to() : filter.placed().from());
    return descending ? after.placedAt().isBefore(bound) : !after.placedAt().isBefore(bound);
  }

  @Nullable String afterPosition(String column, String id) {
    return after == null
        ? null
        : "(%s, %s) %s (:position, :id)".formatted(column, id, sort.isDescending() ? "<" : ">");
  }

  private static @Nullable String and(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one + "\n  and " + other;
  }
}
