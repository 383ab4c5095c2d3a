package kassa.adapters.persistence.order.search;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static kassa.adapters.persistence.jdbc.SqlValues.enumName;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.search.OrderIndexSource.FilterKind;
import kassa.adapters.persistence.order.search.OrderIndexSource.IndexOrder;
import kassa.adapters.persistence.order.search.OrderIndexSource.SourceTable;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import kassa.domain.order.OrderStatus;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * Builds the SQL of an order search: a keyset search over covering indexes, for any combination of
 * filters and sort order. See docs/decisions/0070.
 *
 * <p>One index with the requested sort order is scanned from the keyset position. For each order in
 * it, the indexes of the other filters are probed. If another filter matches few orders, the scan
 * would find them late. Therefore the query has a branch for each such filter: if the filter
 * matches at most {@value #SORT_THRESHOLD} orders, these are read and sorted, and there is no scan.
 */
public final class OrderSearchQuery {

  /**
   * Number of orders up to which the orders of a filter are sorted instead of scanned. Sorting them
   * takes some milliseconds. A filter with more matches has more than one match in 200 of a million
   * orders, so a scan finds a page of 50 within 10,000 orders.
   */
  static final int SORT_THRESHOLD = 5_000;

  /** Thresholds of a search by total whose scan ended early. */
  private static final int WIDER_SORT_THRESHOLD = 50_000;

  private static final int NO_SORT_THRESHOLD = Integer.MAX_VALUE;

  /**
   * The filters that also have an index sorted by total. A code, a rule or a SKU often depends on
   * the total, so that a scan of all totals would find its orders late.
   */
  private static final Set<FilterKind> INDEXED_BY_TOTAL =
      Set.of(FilterKind.CODE, FilterKind.RULE, FilterKind.SKU);

  /** The filters whose matches are counted if there is a customer filter. */
  private static final Set<FilterKind> COUNTED_WITH_CUSTOMER =
      Set.of(FilterKind.CUSTOMER, FilterKind.TEXT);

  private final Dialect dialect;
  private final OrderFilter filter;
  private final OrderSort sort;
  private final @Nullable OrderSortKey after;
  private final int limit;
  private final int sortThreshold;
  private final OrderRangeConditions ranges;
  private final Map<String, Object> bindings = new LinkedHashMap<>();

  /** The sources of the requested filters; usually the most selective filter is first. */
  private final Map<FilterKind, List<OrderIndexSource>> sourcesByKind =
      new EnumMap<>(FilterKind.class);

  /**
   * @param after the keyset position after which the page starts; {@code null} for the first page
   * @param limit the maximum number of orders
   */
  public OrderSearchQuery(
      Dialect dialect,
      OrderFilter filter,
      OrderSort sort,
      @Nullable OrderSortKey after,
      int limit) {
    this(dialect, filter, sort, after, limit, SORT_THRESHOLD);
  }

  /**
   * @param sortThreshold number of orders up to which they are sorted instead of scanned
   */
  OrderSearchQuery(
      Dialect dialect,
      OrderFilter filter,
      OrderSort sort,
      @Nullable OrderSortKey after,
      int limit,
      int sortThreshold) {
    this.dialect = dialect;
    this.filter = filter;
    this.sort = sort;
    this.after = after;
    this.limit = limit;
    this.sortThreshold = sortThreshold;
    this.ranges = new OrderRangeConditions(filter, sort, after);
    bindings.put("limit", limit);
    bindings.put("sortThreshold", sortThreshold);
    addSources();
    bindings.putAll(ranges.bindings());
  }

  /**
   * SQL that selects the orders of the page.
   *
   * @param columns the columns to select, of the alias {@code o}
   */
  public String sql(String columns) {
    List<OrderIndexSource> scanned = scanSources();
    return scanned.size() == 1 && isPlainScan(scanned.getFirst())
        ? plainScan(scanned.getFirst(), columns)
        : sqlWithBranches(columns);
  }

  /** Whether an index of the orders contains just the matching orders in the requested order. */
  private boolean isPlainScan(OrderIndexSource source) {
    return source.sourceTable() == SourceTable.ORDERS
        && sourcesByKind.keySet().stream().allMatch(kind -> kind == source.kind())
        && (source.indexOrder() == IndexOrder.TIME
            ? !ranges.hasTotalRange()
            : !ranges.hasTimeRange());
  }

  /** Reads the orders through one index, without a list of their ids. */
  private String plainScan(OrderIndexSource source, String columns) {
    String sortColumn = sortColumn(source.timeColumn("o"), source.totalColumn("o"));
    // With a literal, PostgreSQL knows the cost and needs no new plan for each execution.
    return "select %s from %s%s\norder by %s\nfetch first %s rows only"
        .formatted(
            columns,
            source.fromClause(dialect, "o"),
            where(
                source.condition("o"),
                indexRange(source, "o", null),
                ranges.afterPosition(sortColumn, source.idColumn("o"))),
            orderBy(source.leadingColumn("o"), sortColumn, source.idColumn("o")),
            limit);
  }

  private String sqlWithBranches(String columns) {
    // An outer join, because H2 reads its left side first; otherwise it might read all orders
    // first.
    return """
    select %s from (
    select id from (
    %s
    ) u
    order by %s
    fetch first :limit rows only
    ) p left join orders o on o.id = p.id
    order by %s\
    """
        .formatted(
            columns,
            String.join("\nunion\n", unionBranches()),
            orderBy(null, "position", "id"),
            orderBy(null, sort.isByTotal() ? "o.total_major" : "o.placed_at", "o.id"));
  }

  /** Binds the bind variables. */
  public Query bind(Query query) {
    query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    bindings.forEach(query::bind);
    return query;
  }

  /** Maximum number of orders of the page. */
  public int limit() {
    return limit;
  }

  /**
   * The search to run if this one finds less than a page: it sorts more orders instead of scanning,
   * and the last one sorts all that match a filter. Empty if this search finds all orders. See
   * docs/decisions/0151.
   */
  public Optional<OrderSearchQuery> wider() {
    if (!mayEndEarly()) {
      return Optional.empty();
    }
    int wider = sortThreshold < WIDER_SORT_THRESHOLD ? WIDER_SORT_THRESHOLD : NO_SORT_THRESHOLD;
    return Optional.of(new OrderSearchQuery(dialect, filter, sort, after, limit, wider));
  }

  /**
   * Whether a scan ends after as many orders as would be sorted. A scan by total finds few orders
   * if the filter depends on the total.
   */
  private boolean mayEndEarly() {
    return sort.isByTotal()
        && !sourcesByKind.isEmpty()
        && scanSources().getFirst().kind() == null
        && sortThreshold < NO_SORT_THRESHOLD;
  }

  private void addSources() {
    addSources(
        FilterKind.CODE,
        filter.code() == null ? null : filter.code().key(),
        OrderIndexSource.ofCode());
    addSources(FilterKind.CUSTOMER, filter.customer(), OrderIndexSource.ofCustomer());
    addSources(FilterKind.SKU, filter.sku(), OrderIndexSource.ofSku());
    addSources(FilterKind.CURRENCY, filter.total().currency(), OrderIndexSource.ofCurrency());
    if (filter.rule() != null) {
      bindings.put("rule", filter.rule().toUuid());
      sourcesByKind.put(FilterKind.RULE, List.of(OrderIndexSource.ofRule()));
    }
    if (!acceptsAnyStatus()) {
      sourcesByKind.put(
          FilterKind.STATUS,
          filter.statuses().stream()
              .map(status -> OrderIndexSource.ofStatus(enumName(status)))
              .toList());
    }
    for (OrderStatus status : filter.statuses()) {
      bindings.put("status_" + enumName(status), enumName(status));
    }
    if (filter.text() != null) {
      addTextSources(filter.text());
    }
  }

  private void addSources(FilterKind kind, @Nullable Object value, OrderIndexSource source) {
    if (value != null) {
      bindings.put(kind.name().toLowerCase(Locale.ROOT), value.toString());
      sourcesByKind.put(kind, List.of(source));
    }
  }

  private void addTextSources(String text) {
    bindings.put("text", text);
    bindings.put("textEnd", text + dialect.maxCharacter());
    List<OrderIndexSource> sources = new ArrayList<>();
    if (text.matches("[0-9]{1,18}")) {
      bindings.put("number", Long.valueOf(text));
      sources.add(OrderIndexSource.ofNumber());
    }
    sources.add(OrderIndexSource.ofText());
    if (filter.textCustomer() != null) {
      bindings.put("textCustomer", filter.textCustomer().value());
      sources.add(OrderIndexSource.ofTextCustomer());
    }
    sources.add(OrderIndexSource.ofSkuPrefix());
    sourcesByKind.put(FilterKind.TEXT, sources);
  }

  /** The branches of the union: guards let exactly one plan return rows. */
  private List<String> unionBranches() {
    List<OrderIndexSource> scanSources = scanSources();
    List<String> branches = new ArrayList<>();
    String allAboveThreshold = null;
    for (List<OrderIndexSource> sources : selectiveSources(scanSources.getFirst())) {
      String isBelow = thresholdCondition(sources, " is null", " and ");
      String isAbove = thresholdCondition(sources, " is not null", " or ");
      String guard = requireNonNull(and(allAboveThreshold, isBelow));
      sources.forEach(source -> branches.add(sortBranch(source, guard)));
      allAboveThreshold = and(allAboveThreshold, isAbove);
    }
    String guard = allAboveThreshold;
    scanSources.forEach(source -> branches.add(scanBranch(source, guard)));
    return branches;
  }

  private String thresholdCondition(
      List<OrderIndexSource> sources, String nullTest, String operator) {
    return sources.stream()
        .map(source -> exceedsThreshold(source) + nullTest)
        .collect(joining(operator, "(", ")"));
  }

  /**
   * The sources to scan if all filters exceed the threshold; they have the requested sort order.
   */
  private List<OrderIndexSource> scanSources() {
    for (Map.Entry<FilterKind, List<OrderIndexSource>> entry : sourcesByKind.entrySet()) {
      if (entry.getKey() != FilterKind.TEXT) {
        if (!sort.isByTotal()) {
          return entry.getValue();
        }
        if (INDEXED_BY_TOTAL.contains(entry.getKey())) {
          return List.of(entry.getValue().getFirst().sortedByTotal());
        }
      }
    }
    return List.of(sort.isByTotal() ? OrderIndexSource.ofAllByTotal() : OrderIndexSource.ofAll());
  }

  /** The sources that may match few orders, which a scan would find late. */
  private List<List<OrderIndexSource>> selectiveSources(OrderIndexSource scanned) {
    List<List<OrderIndexSource>> candidates = new ArrayList<>();
    sourcesByKind.forEach((kind, sources) -> {
      if (kind == FilterKind.TEXT) {
        // First, because the probe of a text filter is the slowest.
        candidates.addFirst(sources);
      } else if (kind != scanned.kind() || (sort.isByTotal() && ranges.hasTimeRange())) {
        candidates.add(sources);
      }
    });
    if (sourcesByKind.containsKey(FilterKind.CUSTOMER)) {
      // Few customers have many orders.
      candidates.removeIf(sources -> !COUNTED_WITH_CUSTOMER.contains(sources.getFirst().kind()));
      return candidates;
    }
    if (sort.isByTotal() && ranges.hasTimeRange() && sourcesByKind.isEmpty()) {
      candidates.add(List.of(OrderIndexSource.ofAll()));
    }
    if (!sort.isByTotal() && ranges.hasTotalRange()) {
      candidates.add(
          List.of(
              INDEXED_BY_TOTAL.stream()
                  .filter(sourcesByKind::containsKey)
                  .sorted()
                  .findFirst()
                  .map(kind -> requireNonNull(sourcesByKind.get(kind)).getFirst().sortedByTotal())
                  .orElseGet(OrderIndexSource::ofAllByTotal)));
    }
    return candidates;
  }

  /** A branch that scans an index with the requested sort order. */
  private String scanBranch(OrderIndexSource source, @Nullable String guard) {
    return """
    select * from (
    select %s as id, %s as position from %s%s
    order by %s
    fetch first :limit rows only
    ) w\
    """
        .formatted(
            source.idColumn("x"),
            sortColumn(source.timeColumn("x"), source.totalColumn("x")),
            source.fromClause(dialect, "x"),
            where(
                source.condition("x"),
                mayEndEarly() && guard != null
                    ? ranges.totalRange(source.totalColumn("x"), guard, scanEnd(source))
                    : indexRange(source, "x", guard),
                ranges.afterPosition(
                    sortColumn(source.timeColumn("x"), source.totalColumn("x")),
                    source.idColumn("x")),
                source.indexOrder() == IndexOrder.TIME
                    ? ranges.totalRange(source.totalColumn("x"), null)
                    : ranges.timeRange(source.timeColumn("x"), null),
                otherFilters(
                    source.kind(),
                    true,
                    source.idColumn("x"),
                    source.timeColumn("x"),
                    source.totalColumn("x")),
                source.kind() == FilterKind.SKU ? isFirstLine() : null),
            orderBy(
                source.leadingColumn("x"),
                sortColumn(source.timeColumn("x"), source.totalColumn("x")),
                source.idColumn("x")));
  }

  /** The total of the last order that a scan reads; null if it reads all orders of the range. */
  private String scanEnd(OrderIndexSource source) {
    return "(select %s from %s%s\norder by %s offset :sortThreshold rows fetch first 1 rows only)"
        .formatted(
            source.totalColumn("e"),
            source.fromClause(dialect, "e"),
            where(
                ranges.totalRange(source.totalColumn("e"), null),
                ranges.afterPosition(source.totalColumn("e"), source.idColumn("e"))),
            orderBy(null, source.totalColumn("e"), source.idColumn("e")));
  }

  /** A branch that reads the orders of a source with few orders, and sorts the matching ones. */
  private String sortBranch(OrderIndexSource source, String guard) {
    // Its own limit prevents that the planner reads another index because of its sort order.
    String limited =
        """
        select %s as id, %s as placed, %s as amount from %s%s%s
        fetch first :sortThreshold rows only\
        """
            .formatted(
                source.idColumn("x"),
                source.timeColumn("x"),
                source.totalColumn("x"),
                source.fromClause(dialect, "x"),
                where(guardedCondition(source, guard), indexRange(source, "x", guard)),
                source.orderBy("x"));
    return """
    select * from (
    select distinct f.id, %s as position from (
    %s
    ) f%s
    order by %s
    fetch first :limit rows only
    ) w\
    """
        .formatted(
            sortColumn("f.placed", "f.amount"),
            limited,
            where(
                ranges.timeRange("f.placed", null),
                ranges.totalRange("f.amount", null),
                ranges.afterPosition(sortColumn("f.placed", "f.amount"), "f.id"),
                otherFilters(source.kind(), false, "f.id", "f.placed", "f.amount")),
            orderBy(null, "position", "f.id"));
  }

  private String sortColumn(String time, String total) {
    return sort.isByTotal() ? total : time;
  }

  /** A scalar subquery that is not null if the source exceeds the threshold. */
  private String exceedsThreshold(OrderIndexSource source) {
    return "(select 1 from %s%s%s offset :sortThreshold rows fetch first 1 rows only)"
        .formatted(
            source.fromClause(dialect, "c"),
            where(source.condition("c"), indexRange(source, "c", null)),
            source.orderBy("c"));
  }

  /** The range on the sort column of an index; it contains no rows if the guard is false. */
  private @Nullable String indexRange(
      OrderIndexSource source, String alias, @Nullable String guard) {
    return switch (source.indexOrder()) {
      case TIME -> ranges.timeRange(source.timeColumn(alias), guard);
      case TOTAL -> ranges.totalRange(source.totalColumn(alias), guard);
      case UNSORTED -> null;
    };
  }

  /**
   * The condition of a source. If the source has no range for the guard, no row meets the condition
   * while the guard is false.
   */
  private static @Nullable String guardedCondition(OrderIndexSource source, String guard) {
    if (source.indexOrder() != IndexOrder.UNSORTED) {
      return source.condition("x");
    }
    return source.sourceTable() == SourceTable.LINES
        ? "x.sku >= :text and x.sku <= case when %s then cast(:textEnd as varchar) else '' end"
            .formatted(guard)
        : source.condition("x") + " and " + guard;
  }

  /** The conditions of all filters except that of the source. */
  private @Nullable String otherFilters(
      @Nullable FilterKind excluded, boolean isScan, String id, String time, String total) {
    List<@Nullable String> conditions = new ArrayList<>();
    sourcesByKind.forEach((kind, sources) -> {
      if (kind != excluded) {
        boolean byTotal = sort.isByTotal() && INDEXED_BY_TOTAL.contains(kind);
        conditions.add(
            sources.stream()
                .map(source -> byTotal ? source.sortedByTotal() : source)
                .map(source -> source.existsQuery(dialect, id, time, total))
                .map(row ->
                    isScan || sources.size() > 1
                        ? scalarSubquery(row)
                        : "exists (%s)".formatted(row))
                .collect(joining("\n    or ", "(", ")")));
      }
    });
    return and(conditions);
  }

  /**
   * A scalar subquery instead of {@code exists}, because PostgreSQL plans {@code exists} as a join.
   * It does not know that the time follows from the id, expects almost no rows, and then does not
   * scan the index.
   */
  private static String scalarSubquery(String row) {
    return "(%s fetch first 1 rows only) is not null".formatted(row);
  }

  /** Accepts only the first line with the sku, so that an order is found once. */
  private String isFirstLine() {
    return """
    (select 1 from order_lines e%s
      where e.sku = :sku and e.placed_at = x.placed_at and e.order_id = x.order_id
      and e.position < x.position fetch first 1 rows only) is null\
    """
        .formatted(dialect.indexHint("idx_order_lines_sku"));
  }

  private boolean acceptsAnyStatus() {
    return filter.statuses().isEmpty() || filter.statuses().equals(Set.of(OrderStatus.values()));
  }

  /**
   * The order of the scan; with the leading column in the direction of the index H2 does not sort.
   */
  private String orderBy(@Nullable String leading, String column, String id) {
    String direction = sort.isDescending() ? " desc" : "";
    String first = leading == null ? "" : leading + (sort.isDescending() ? ", " : " desc, ");
    return first + column + direction + ", " + id + direction;
  }

  private static String where(@Nullable String... conditions) {
    String all = and(conditions);
    return all == null ? "" : "\nwhere " + all;
  }

  private static @Nullable String and(@Nullable String... conditions) {
    return and(Arrays.asList(conditions));
  }

  private static @Nullable String and(List<@Nullable String> conditions) {
    String all = conditions.stream().filter(Objects::nonNull).collect(joining("\n  and "));
    return all.isEmpty() ? null : all;
  }
}
