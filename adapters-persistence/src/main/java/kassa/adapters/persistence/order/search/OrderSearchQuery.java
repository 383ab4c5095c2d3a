package kassa.adapters.persistence.order.search;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static kassa.adapters.persistence.jdbc.SqlValues.enumColumn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
 * A page of orders in SQL, found in indexes alone, whatever is asked for. See docs/decisions/0070.
 *
 * <p>An index that sorts as is to be sorted is walked from the position on, and of each order in it
 * the indexes of what else is asked are looked at. Where one of these may hold so few orders that
 * they would be met late, there is another way beside the walk for each of them: if it holds at
 * most {@value #SORT_THRESHOLD}, they are looked at and sorted, and nothing is walked.
 */
public final class OrderSearchQuery {

  /**
   * So many orders are looked at in some milliseconds. What is more than these is more than one in
   * two hundred of a million: a page of fifty of them is met within ten thousand.
   */
  static final int SORT_THRESHOLD = 5_000;

  /** The filters that have an index for their rows by total as well. */
  private static final Set<FilterKind> INDEXED_BY_TOTAL =
      Set.of(FilterKind.CODE, FilterKind.SKU, FilterKind.RULE, FilterKind.CURRENCY);

  /** What is worth counting beside the orders of a customer. */
  private static final Set<FilterKind> COUNTED_WITH_CUSTOMER =
      Set.of(FilterKind.CUSTOMER, FilterKind.TEXT);

  private final Dialect dialect;
  private final OrderFilter filter;
  private final OrderSort sort;
  private final OrderRangeConditions ranges;
  private final Map<String, Object> bindings = new LinkedHashMap<>();

  /** What is asked for, those first that most often find little. */
  private final Map<FilterKind, List<OrderIndexSource>> sourcesByKind =
      new EnumMap<>(FilterKind.class);

  public OrderSearchQuery(
      Dialect dialect,
      OrderFilter filter,
      OrderSort sort,
      @Nullable OrderSortKey after,
      int limit) {
    this(dialect, filter, sort, after, limit, SORT_THRESHOLD);
  }

  /**
   * @param sortThreshold how many orders are sorted rather than walked over
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
    this.ranges = new OrderRangeConditions(filter, sort, after);
    bindings.put("limit", limit);
    bindings.put("few", sortThreshold);
    addSources();
    bindings.putAll(ranges.bindings());
  }

  /** A query for the rows of orders on the page. */
  public String sql() {
    // H2 begins with what stands left of an outer join; else it might begin with all orders.
    return """
    select o.* from (
    select id from (
    %s
    ) u
    order by %s
    fetch first :limit rows only
    ) p left join orders o on o.id = p.id
    order by %s\
    """
        .formatted(
            String.join("\nunion\n", unionBranches()),
            orderBy(null, "position", "id"),
            orderBy(null, sort.isByTotal() ? "o.total_major" : "o.placed_at", "o.id"));
  }

  /** Binds what the query leaves open. */
  public Query bind(Query query) {
    query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    bindings.forEach(query::bind);
    return query;
  }

  private void addSources() {
    addSources(
        FilterKind.CODE,
        filter.code() == null ? null : filter.code().key(),
        OrderIndexSource.ofCode());
    addSources(FilterKind.CUSTOMER, filter.customer(), OrderIndexSource.ofCustomer());
    addSources(FilterKind.SKU, filter.sku(), OrderIndexSource.ofSku());
    addSources(FilterKind.CURRENCY, filter.currency(), OrderIndexSource.ofCurrency());
    if (filter.rule() != null) {
      bindings.put("rule", filter.rule().toUuid());
      sourcesByKind.put(FilterKind.RULE, List.of(OrderIndexSource.ofRule()));
    }
    if (!acceptsAnyStatus()) {
      sourcesByKind.put(
          FilterKind.STATUS,
          filter.statuses().stream()
              .map(status -> OrderIndexSource.ofStatus(enumColumn(status)))
              .toList());
    }
    for (OrderStatus status : filter.statuses()) {
      bindings.put("status_" + enumColumn(status), enumColumn(status));
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
    sources.add(OrderIndexSource.ofSkuPrefix());
    sourcesByKind.put(FilterKind.TEXT, sources);
  }

  /** Queries of which one finds all that is looked for, and the others nothing. */
  private List<String> unionBranches() {
    List<OrderIndexSource> scanned = scanSources();
    List<String> branches = new ArrayList<>();
    String noneBelowThreshold = null;
    for (List<OrderIndexSource> choice : selectiveSources(scanned.getFirst())) {
      String few = thresholdCondition(choice, " is null", " and ");
      String many = thresholdCondition(choice, " is not null", " or ");
      String guard = requireNonNull(and(noneBelowThreshold, few));
      choice.forEach(source -> branches.add(sortBranch(source, guard)));
      noneBelowThreshold = and(noneBelowThreshold, many);
    }
    String guard = noneBelowThreshold;
    scanned.forEach(source -> branches.add(scanBranch(source, guard)));
    return branches;
  }

  private String thresholdCondition(List<OrderIndexSource> sources, String is, String together) {
    return sources.stream()
        .map(source -> exceedsThreshold(source) + is)
        .collect(joining(together, "(", ")"));
  }

  /** What is walked if nothing is found to be few: sorted as is to be sorted. */
  private List<OrderIndexSource> scanSources() {
    for (Map.Entry<FilterKind, List<OrderIndexSource>> one : sourcesByKind.entrySet()) {
      if (one.getKey() != FilterKind.TEXT) {
        if (!sort.isByTotal()) {
          return one.getValue();
        }
        if (INDEXED_BY_TOTAL.contains(one.getKey())) {
          return List.of(one.getValue().getFirst().sortedByTotal());
        }
      }
    }
    return List.of(sort.isByTotal() ? OrderIndexSource.ofAllByTotal() : OrderIndexSource.ofAll());
  }

  /** What may hold few orders that would be met late on the walk. */
  private List<List<OrderIndexSource>> selectiveSources(OrderIndexSource scanned) {
    List<List<OrderIndexSource>> candidates = new ArrayList<>();
    sourcesByKind.forEach((kind, sources) -> {
      if (kind == FilterKind.TEXT) {
        // First, for to ask of an order whether it has a text takes longest.
        candidates.addFirst(sources);
      } else if (kind != scanned.kind() || (sort.isByTotal() && ranges.hasTimeRange())) {
        candidates.add(sources);
      }
    });
    if (sourcesByKind.containsKey(FilterKind.CUSTOMER)) {
      // Hardly anybody has many orders.
      candidates.removeIf(sources -> !COUNTED_WITH_CUSTOMER.contains(sources.getFirst().kind()));
      return candidates;
    }
    if (sort.isByTotal() && ranges.hasTimeRange() && sourcesByKind.isEmpty()) {
      candidates.add(List.of(OrderIndexSource.ofAll()));
    }
    if (!sort.isByTotal() && ranges.hasTotalRange()) {
      candidates.add(
          List.of(
              sourcesByKind.keySet().stream()
                  .filter(INDEXED_BY_TOTAL::contains)
                  .findFirst()
                  .map(kind -> sourcesByKind(kind).getFirst().sortedByTotal())
                  .orElseGet(OrderIndexSource::ofAllByTotal)));
    }
    return candidates;
  }

  private List<OrderIndexSource> sourcesByKind(FilterKind kind) {
    return requireNonNull(sourcesByKind.get(kind));
  }

  /** Walks an index that sorts as it is to be sorted. */
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
                indexRange(source, "x", guard),
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

  /** Looks at the few orders of a source, and sorts those that are wanted. */
  private String sortBranch(OrderIndexSource source, String guard) {
    // With a limit of its own it is read as it stands, and not from an index that happens to sort.
    String limited =
        """
        select %s as id, %s as placed, %s as amount from %s%s%s
        fetch first :few rows only\
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

  /** A row if a source holds more than a few orders. */
  private String exceedsThreshold(OrderIndexSource source) {
    return "(select 1 from %s%s%s offset :few rows fetch first 1 rows only)"
        .formatted(
            source.fromClause(dialect, "c"),
            where(source.condition("c"), indexRange(source, "c", null)),
            source.orderBy("c"));
  }

  /**
   * The range that the index of a source is sorted by, in which nothing is behind a closed gate.
   */
  private @Nullable String indexRange(
      OrderIndexSource source, String alias, @Nullable String guard) {
    return switch (source.indexOrder()) {
      case TIME -> ranges.timeRange(source.timeColumn(alias), guard);
      case TOTAL -> ranges.totalRange(source.totalColumn(alias), guard);
      case UNSORTED -> null;
    };
  }

  /**
   * The condition of a source that no row fulfils behind a closed gate, if its range cannot say.
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

  /** What is asked for beside the source. */
  private @Nullable String otherFilters(
      @Nullable FilterKind scanned, boolean isScan, String id, String time, String total) {
    List<@Nullable String> conditions = new ArrayList<>();
    sourcesByKind.forEach((kind, sources) -> {
      if (kind != scanned) {
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
   * A value, and not {@code exists}: PostgreSQL would join, and not knowing that the time follows
   * from the id guess that hardly any order is found, and give up walking.
   */
  private static String scalarSubquery(String row) {
    return "(%s fetch first 1 rows only) is not null".formatted(row);
  }

  /** An order that has a sku in several lines is met by the first of them. */
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

  /** With what is looked for in front and its direction that of the index, H2 does not sort. */
  private String orderBy(@Nullable String lead, String column, String id) {
    String direction = sort.isDescending() ? " desc" : "";
    String first = lead == null ? "" : lead + (sort.isDescending() ? ", " : " desc, ");
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
