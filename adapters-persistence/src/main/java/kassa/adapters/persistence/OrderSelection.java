package kassa.adapters.persistence;

import static java.util.stream.Collectors.joining;
import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.word;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import kassa.adapters.persistence.OrderSource.Kind;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderStatus;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * A page of orders in SQL that walks an index from the position on, whatever is asked for. See
 * docs/decisions/0070.
 *
 * <p>Where an index sorts the orders of a filter as they are to be sorted, it is walked. Where none
 * does, or where a filter beside it may find little, two ways are joined: if the filter finds at
 * most {@value #FEW} orders, they are sorted, and if it finds more, so that they are met soon, an
 * index that sorts them is walked.
 */
final class OrderSelection {

  /** So many orders are sorted in some milliseconds. */
  static final int FEW = 2_000;

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final BigDecimal GREATEST = new BigDecimal("9999999999999999999.9999");

  private final Dialect dialect;
  private final OrderFilter filter;
  private final OrderSort sort;
  private final @Nullable OrderPosition after;
  private final Map<String, Object> bindings = new LinkedHashMap<>();

  OrderSelection(
      Dialect dialect,
      OrderFilter filter,
      OrderSort sort,
      @Nullable OrderPosition after,
      int limit) {
    this(dialect, filter, sort, after, limit, FEW);
  }

  /**
   * @param few how many orders are sorted rather than walked over
   */
  OrderSelection(
      Dialect dialect,
      OrderFilter filter,
      OrderSort sort,
      @Nullable OrderPosition after,
      int limit,
      int few) {
    this.dialect = dialect;
    this.filter = filter;
    this.sort = sort;
    this.after = after;
    bindings.put("limit", limit);
    bindings.put("few", few + 1);
    bindFilter();
    if (after != null) {
      bindings.put("id", after.id().value());
      bindings.put("position", sort.isByTotal() ? after.total() : utc(after.placedAt()));
    }
  }

  /** What the rows of the page are sorted by. */
  private String order() {
    return order(null, sort.isByTotal() ? "o.total_amount" : "o.placed_at", "o.id");
  }

  /** A query for the rows of orders on the page. */
  String sql() {
    List<String> branches = sort.isByTotal() ? byTotal() : byTime();
    if (branches.size() == 1) {
      return branches.getFirst();
    }
    String all =
        branches.stream()
            .map(branch -> "select * from (\n" + branch + "\n) b")
            .collect(joining("\nunion\n"));
    return "select * from (\n%s\n) o\norder by %s\nfetch first :limit rows only"
        .formatted(all, order());
  }

  /** Binds what the query leaves open. */
  Query bind(Query query) {
    query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    bindings.forEach(query::bind);
    return query;
  }

  private void bindFilter() {
    bind("customer", filter.customer());
    bind("currency", filter.currency());
    bind("sku", filter.sku());
    if (filter.code() != null) {
      bindings.put("code", filter.code().key());
    }
    if (filter.rule() != null) {
      bindings.put("rule", filter.rule().toUuid());
    }
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
    if (filter.text() != null) {
      bindings.put("text", filter.text());
      bindings.put("textEnd", filter.text() + dialect.greatestCharacter());
      if (filter.text().matches("[0-9]{1,18}")) {
        bindings.put("number", Long.valueOf(filter.text()));
      }
    }
    for (OrderStatus status : filter.statuses()) {
      bindings.put("status_" + word(status), word(status));
    }
    bindings.put("greatest", sort.isByTotal() ? GREATEST : utc(LATEST));
  }

  private void bind(String name, @Nullable Object value) {
    if (value != null) {
      bindings.put(name, value.toString());
    }
  }

  private List<String> byTime() {
    if (filter.text() != null) {
      OrderSource skus = OrderSource.ofSkuPrefix(dialect);
      Stream<OrderSource> exact =
          bindings.containsKey("number")
              ? Stream.of(OrderSource.ofNumber(), OrderSource.ofText(dialect))
              : Stream.of(OrderSource.ofText(dialect));
      return Stream.concat(
              exact.map(this::sorted), fewOrMany(skus, OrderSource.ofAll(dialect)).stream())
          .toList();
    }
    OrderSource source = equalitySource();
    if (source != null) {
      return List.of(sorted(source));
    }
    if (!anyStatus()) {
      return filter.statuses().stream()
          .map(status -> sorted(OrderSource.ofStatus(dialect, word(status))))
          .toList();
    }
    if (filter.totalMin() != null || filter.totalMax() != null) {
      return fewOrMany(OrderSource.ofAllByTotal(dialect), OrderSource.ofAll(dialect));
    }
    return List.of(sorted(OrderSource.ofAll(dialect)));
  }

  private List<String> byTotal() {
    OrderSource walked = equalitySourceByTotal();
    OrderSource few = fewSource();
    return few == null ? List.of(sorted(walked)) : fewOrMany(few, walked);
  }

  /** What may find few orders that would be met late by their totals. */
  private @Nullable OrderSource fewSource() {
    if (filter.text() != null) {
      return textSource();
    }
    boolean atAnyTime = filter.placedFrom() == null && filter.placedTo() == null;
    OrderSource source = null;
    if (!atAnyTime) {
      source = equalitySource();
    } else if (filter.customer() != null) {
      source = OrderSource.ofCustomer(dialect);
    }
    if (source == null && !anyStatus() && filter.statuses().size() == 1) {
      source = OrderSource.ofStatus(dialect, word(filter.statuses().iterator().next()));
    }
    return source == null && !atAnyTime ? OrderSource.ofAll(dialect) : source;
  }

  /** The source of an equality, those that are most likely to find little first. */
  private @Nullable OrderSource equalitySource() {
    if (filter.code() != null) {
      return OrderSource.ofCode(dialect);
    }
    if (filter.customer() != null) {
      return OrderSource.ofCustomer(dialect);
    }
    if (filter.sku() != null) {
      return OrderSource.ofSku(dialect);
    }
    if (filter.rule() != null) {
      return OrderSource.ofRule(dialect);
    }
    if (anyStatus() && filter.currency() != null) {
      return OrderSource.ofCurrency(dialect);
    }
    return null;
  }

  /** The same for sources that are sorted by total; all orders if there is none. */
  private OrderSource equalitySourceByTotal() {
    if (filter.code() != null) {
      return OrderSource.ofCodeByTotal(dialect);
    }
    if (filter.sku() != null) {
      return OrderSource.ofSkuByTotal(dialect);
    }
    if (filter.rule() != null) {
      return OrderSource.ofRuleByTotal(dialect);
    }
    if (filter.currency() != null) {
      return OrderSource.ofCurrencyByTotal(dialect);
    }
    return OrderSource.ofAllByTotal(dialect);
  }

  private OrderSource textSource() {
    Stream<OrderSource> sources =
        bindings.containsKey("number")
            ? Stream.of(OrderSource.ofNumber(), OrderSource.ofText(dialect))
            : Stream.of(OrderSource.ofText(dialect));
    return OrderSource.ofAny(
        Stream.concat(sources, Stream.of(OrderSource.ofSkuPrefix(dialect)))
            .map(this::limited)
            .toList());
  }

  /** Walks an index that sorts as it is to be sorted. */
  private String sorted(OrderSource source) {
    return sorted(source, null);
  }

  private String sorted(OrderSource source, @Nullable String gate) {
    return """
    select o.* from %s
    where %s
    order by %s
    fetch first :limit rows only\
    """
        .formatted(
            source.joined(),
            and(
                source.condition(),
                gate,
                timeRange(source.time() == null ? "o.placed_at" : source.time()),
                totalRange(source.total() == null ? "o.total_amount" : source.total()),
                behind(source.sorting(), source.id()),
                others(source.kind())),
            order(source.lead(), source.sorting(), source.id()));
  }

  /** Sorts the orders of a source if they are few, and walks another one if they are not. */
  private List<String> fewOrMany(OrderSource source, OrderSource walked) {
    String count = "(select count(*) from (%s) f)".formatted(limited(source));
    String few =
        """
        select o.* from (select distinct f.order_id from (%s) f) g
        join orders o on o.id = g.order_id
        where %s
        order by %s
        fetch first :limit rows only\
        """
            .formatted(
                limited(source),
                and(
                    count + " < :few",
                    timeRange("o.placed_at"),
                    totalRange("o.total_amount"),
                    behind(sort.isByTotal() ? "o.total_amount" : "o.placed_at", "o.id"),
                    others(source.kind())),
                order());
    // A bound that no row is within, rather than a condition, so that H2 does not walk for nothing.
    String gate =
        "%s <= case when %s = :few then cast(:greatest as %s) end"
            .formatted(
                walked.sorting(),
                count,
                sort.isByTotal() ? "numeric(23, 4)" : "timestamp(6) with time zone");
    return List.of(few, sorted(walked, gate));
  }

  private String limited(OrderSource source) {
    return "select %s as order_id from %s where %s fetch first :few rows only"
        .formatted(
            source.id(),
            source.table(),
            and(
                source.condition(),
                source.time() == null ? null : timeRange(source.time()),
                source.total() == null ? null : totalRange(source.total())));
  }

  /** The conditions that the source does not hold by itself. */
  private @Nullable String others(@Nullable Kind kind) {
    List<@Nullable String> conditions = new ArrayList<>();
    if (filter.customer() != null && kind != Kind.CUSTOMER) {
      conditions.add("o.customer_id = :customer");
    }
    if (!anyStatus() && kind != Kind.STATUS) {
      conditions.add(
          filter.statuses().stream()
              .map(status -> ":status_" + word(status))
              .collect(joining(", ", "o.status in (", ")")));
    }
    if (filter.currency() != null && kind != Kind.CURRENCY) {
      conditions.add("o.currency = :currency");
    }
    if (filter.sku() != null && kind != Kind.SKU) {
      conditions.add(isAmong(":sku", "l.sku", "order_lines"));
    }
    if (filter.code() != null && kind != Kind.CODE) {
      conditions.add(isAmong(":code", "l.code_key", "redemptions"));
    }
    if (filter.rule() != null && kind != Kind.RULE) {
      conditions.add(isAmong(":rule", "l.rule_id", "redemptions"));
    }
    if (filter.text() != null && kind != Kind.TEXT) {
      conditions.add(says());
    }
    return and(conditions);
  }

  private String says() {
    String number = bindings.containsKey("number") ? "o.number = :number or " : "";
    return "(%so.customer_id = :text or %s)"
        .formatted(
            number,
            "exists (select 1 from order_lines l where l.order_id = o.id and l.sku >= :text"
                + " and l.sku <= :textEnd)");
  }

  /**
   * Looks at the rows of the order alone. Asked whether there is such a row of the order, H2 would
   * read all rows of the value by its index, for each order anew.
   */
  private static String isAmong(String value, String column, String table) {
    return "%s in (select %s from %s l where l.order_id = o.id)".formatted(value, column, table);
  }

  private boolean anyStatus() {
    return filter.statuses().isEmpty() || filter.statuses().equals(Set.of(OrderStatus.values()));
  }

  private @Nullable String timeRange(String column) {
    return and(
        filter.placedFrom() == null ? null : column + " >= :placedFrom",
        filter.placedTo() == null ? null : column + " < :placedTo");
  }

  private @Nullable String totalRange(String column) {
    return and(
        filter.totalMin() == null ? null : column + " >= :totalMin",
        filter.totalMax() == null ? null : column + " <= :totalMax");
  }

  private @Nullable String behind(String column, String id) {
    return after == null
        ? null
        : "(%s, %s) %s (:position, :id)".formatted(column, id, sort.isFalling() ? "<" : ">");
  }

  /** With what is looked for in front and its direction that of the index, H2 does not sort. */
  private String order(@Nullable String lead, String column, String id) {
    String direction = sort.isFalling() ? " desc" : "";
    String first = lead == null ? "" : lead + (sort.isFalling() ? ", " : " desc, ");
    return first + column + direction + ", " + id + direction;
  }

  private static @Nullable String and(@Nullable String... conditions) {
    return and(Arrays.asList(conditions));
  }

  private static @Nullable String and(List<@Nullable String> conditions) {
    String all = conditions.stream().filter(Objects::nonNull).collect(joining("\n  and "));
    return all.isEmpty() ? null : all;
  }
}
