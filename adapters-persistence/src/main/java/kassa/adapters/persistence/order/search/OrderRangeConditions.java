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
 * The times and totals that a page of orders lies between, in SQL. A range may have a gate, a
 * condition that is closed when it is not true: then no row is within. See docs/decisions/0070.
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

  /** What orders are sorted by, between values that none of them has. */
  private record Scale(String type, String min, String max) {

    String guardedBound(String guard, String open, String closed) {
      return "case when %s then cast(%s as %s) else cast(%s as %s) end"
          .formatted(guard, open, type, closed, type);
    }
  }

  OrderRangeConditions(OrderFilter filter, OrderSort sort, @Nullable OrderSortKey after) {
    this.filter = filter;
    this.sort = sort;
    this.after = after;
  }

  /** What the ranges leave open, by its name. */
  Map<String, Object> bindings() {
    Map<String, Object> bindings = new LinkedHashMap<>();
    bindings.put("minTime", timestamp(Instant.EPOCH));
    bindings.put("maxTime", timestamp(MAX_TIME));
    bindings.put("minTotal", MAX_TOTAL.negate());
    bindings.put("maxTotal", MAX_TOTAL);
    if (filter.placedFrom() != null) {
      bindings.put("placedFrom", timestamp(filter.placedFrom()));
    }
    if (filter.placedTo() != null) {
      bindings.put("placedTo", timestamp(filter.placedTo()));
    }
    if (filter.totalMin() != null) {
      bindings.put("totalMin", filter.totalMin());
    }
    if (filter.totalMax() != null) {
      bindings.put("totalMax", filter.totalMax());
    }
    if (after != null) {
      bindings.put("id", after.id().value());
      bindings.put("position", sort.isByTotal() ? after.total() : timestamp(after.placedAt()));
    }
    return bindings;
  }

  boolean hasTimeRange() {
    return filter.placedFrom() != null || filter.placedTo() != null;
  }

  boolean hasTotalRange() {
    return filter.totalMin() != null || filter.totalMax() != null;
  }

  @Nullable String timeRange(String column, @Nullable String guard) {
    return and(
        lowerBound(column, filter.placedFrom() == null ? null : ":placedFrom", TIME_SCALE, guard),
        upperBound(
            column + " <", filter.placedTo() == null ? null : ":placedTo", TIME_SCALE, guard));
  }

  @Nullable String totalRange(String column, @Nullable String guard) {
    return and(
        lowerBound(column, filter.totalMin() == null ? null : ":totalMin", TOTAL_SCALE, guard),
        upperBound(
            column + " <=", filter.totalMax() == null ? null : ":totalMax", TOTAL_SCALE, guard));
  }

  /**
   * The bound where a walk ends. If the gate is closed, it is where no row is within. It is the
   * only bound on its side, for of several H2 goes by the widest; on the other side is the
   * position.
   */
  private @Nullable String lowerBound(
      String column, @Nullable String min, Scale scale, @Nullable String guard) {
    if (guard == null || !sort.isDescending()) {
      return min == null || isImpliedByPosition(scale, false) ? null : column + " >= " + min;
    }
    return column + " >= " + scale.guardedBound(guard, min == null ? scale.min : min, scale.max);
  }

  private @Nullable String upperBound(
      String compared, @Nullable String max, Scale scale, @Nullable String guard) {
    if (guard == null || sort.isDescending()) {
      return max == null || isImpliedByPosition(scale, true) ? null : compared + " " + max;
    }
    return compared + " " + scale.guardedBound(guard, max == null ? scale.max : max, scale.min);
  }

  /** Whether the bound where a walk begins lies before the position, so that this says enough. */
  private boolean isImpliedByPosition(Scale scale, boolean descending) {
    if (after == null
        || descending != sort.isDescending()
        || scale.equals(TOTAL_SCALE) != sort.isByTotal()) {
      return false;
    }
    if (sort.isByTotal()) {
      BigDecimal bound = requireNonNull(descending ? filter.totalMax() : filter.totalMin());
      return descending ? after.total().compareTo(bound) <= 0 : after.total().compareTo(bound) >= 0;
    }
    Instant bound = requireNonNull(descending ? filter.placedTo() : filter.placedFrom());
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
