package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.SqlValues.utc;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.OrderSort;
import org.jspecify.annotations.Nullable;

/**
 * The times and totals that a page of orders lies between, in SQL. A range may have a gate, a
 * condition that is closed when it is not true: then no row is within. See docs/decisions/0070.
 */
final class OrderRanges {

  private static final Scale TIMES =
      new Scale("timestamp(6) with time zone", ":lowestTime", ":highestTime");
  private static final Scale TOTALS = new Scale("numeric(23, 4)", ":lowestTotal", ":highestTotal");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final BigDecimal GREATEST = new BigDecimal("9999999999999999999.9999");

  private final OrderFilter filter;
  private final OrderSort sort;
  private final @Nullable OrderPosition after;

  /** What orders are sorted by, between values that none of them has. */
  private record Scale(String type, String lowest, String highest) {

    String bound(String gate, String open, String closed) {
      return "case when %s then cast(%s as %s) else cast(%s as %s) end"
          .formatted(gate, open, type, closed, type);
    }
  }

  OrderRanges(OrderFilter filter, OrderSort sort, @Nullable OrderPosition after) {
    this.filter = filter;
    this.sort = sort;
    this.after = after;
  }

  /** What the ranges leave open, by its name. */
  Map<String, Object> bindings() {
    Map<String, Object> bindings = new LinkedHashMap<>();
    bindings.put("lowestTime", utc(Instant.EPOCH));
    bindings.put("highestTime", utc(LATEST));
    bindings.put("lowestTotal", GREATEST.negate());
    bindings.put("highestTotal", GREATEST);
    if (filter.placedFrom() != null) {
      bindings.put("placedFrom", utc(filter.placedFrom()));
    }
    if (filter.placedTo() != null) {
      bindings.put("placedTo", utc(filter.placedTo()));
    }
    if (filter.totalMin() != null) {
      bindings.put("totalMin", filter.totalMin());
    }
    if (filter.totalMax() != null) {
      bindings.put("totalMax", filter.totalMax());
    }
    if (after != null) {
      bindings.put("id", after.id().value());
      bindings.put("position", sort.isByTotal() ? after.total() : utc(after.placedAt()));
    }
    return bindings;
  }

  boolean areOfTime() {
    return filter.placedFrom() != null || filter.placedTo() != null;
  }

  boolean areOfTotals() {
    return filter.totalMin() != null || filter.totalMax() != null;
  }

  @Nullable String ofTime(String column, @Nullable String gate) {
    return and(
        atLeast(column, filter.placedFrom() == null ? null : ":placedFrom", TIMES, gate),
        atMost(column + " <", filter.placedTo() == null ? null : ":placedTo", TIMES, gate));
  }

  @Nullable String ofTotal(String column, @Nullable String gate) {
    return and(
        atLeast(column, filter.totalMin() == null ? null : ":totalMin", TOTALS, gate),
        atMost(column + " <=", filter.totalMax() == null ? null : ":totalMax", TOTALS, gate));
  }

  /**
   * The bound where a walk ends. If the gate is closed, it is where no row is within. It is the
   * only bound on its side, for of several H2 goes by the widest; on the other side is the
   * position.
   */
  private @Nullable String atLeast(
      String column, @Nullable String least, Scale scale, @Nullable String gate) {
    if (gate == null || !sort.isFalling()) {
      return least == null || isBehind(scale, false) ? null : column + " >= " + least;
    }
    return column + " >= " + scale.bound(gate, least == null ? scale.lowest : least, scale.highest);
  }

  private @Nullable String atMost(
      String compared, @Nullable String most, Scale scale, @Nullable String gate) {
    if (gate == null || sort.isFalling()) {
      return most == null || isBehind(scale, true) ? null : compared + " " + most;
    }
    return compared + " " + scale.bound(gate, most == null ? scale.highest : most, scale.lowest);
  }

  /** Whether the bound where a walk begins lies before the position, so that this says enough. */
  private boolean isBehind(Scale scale, boolean falling) {
    if (after == null || falling != sort.isFalling() || scale.equals(TOTALS) != sort.isByTotal()) {
      return false;
    }
    if (sort.isByTotal()) {
      BigDecimal bound = requireNonNull(falling ? filter.totalMax() : filter.totalMin());
      return falling ? after.total().compareTo(bound) <= 0 : after.total().compareTo(bound) >= 0;
    }
    Instant bound = requireNonNull(falling ? filter.placedTo() : filter.placedFrom());
    return falling ? after.placedAt().isBefore(bound) : !after.placedAt().isBefore(bound);
  }

  @Nullable String behind(String column, String id) {
    return after == null
        ? null
        : "(%s, %s) %s (:position, :id)".formatted(column, id, sort.isFalling() ? "<" : ">");
  }

  private static @Nullable String and(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one + "\n  and " + other;
  }
}
