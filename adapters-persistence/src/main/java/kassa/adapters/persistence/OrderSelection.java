package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static kassa.adapters.persistence.SqlValues.word;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import kassa.adapters.persistence.OrderSource.Kind;
import kassa.adapters.persistence.OrderSource.Rows;
import kassa.adapters.persistence.OrderSource.Sorting;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.OrderSort;
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
 * most {@value #FEW}, they are looked at and sorted, and nothing is walked.
 */
final class OrderSelection {

  /**
   * So many orders are looked at in some milliseconds. What is more than these is more than one in
   * two hundred of a million: a page of fifty of them is met within ten thousand.
   */
  static final int FEW = 5_000;

  /** The filters that have an index for their rows by total as well. */
  private static final Set<Kind> SORTED_BY_TOTAL =
      Set.of(Kind.CODE, Kind.SKU, Kind.RULE, Kind.CURRENCY);

  /** What is worth counting beside the orders of a customer. */
  private static final Set<Kind> BESIDE_A_CUSTOMER = Set.of(Kind.CUSTOMER, Kind.TEXT);

  private final Dialect dialect;
  private final OrderFilter filter;
  private final OrderSort sort;
  private final OrderRanges ranges;
  private final Map<String, Object> bindings = new LinkedHashMap<>();

  /** What is asked for, those first that most often find little. */
  private final Map<Kind, List<OrderSource>> asked = new EnumMap<>(Kind.class);

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
    this.ranges = new OrderRanges(filter, sort, after);
    bindings.put("limit", limit);
    bindings.put("few", few);
    ask();
    bindings.putAll(ranges.bindings());
  }

  /** A query for the rows of orders on the page. */
  String sql() {
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
            String.join("\nunion\n", ways()),
            order(null, "position", "id"),
            order(null, sort.isByTotal() ? "o.total_amount" : "o.placed_at", "o.id"));
  }

  /** Binds what the query leaves open. */
  Query bind(Query query) {
    query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    bindings.forEach(query::bind);
    return query;
  }

  private void ask() {
    ask(Kind.CODE, filter.code() == null ? null : filter.code().key(), OrderSource.ofCode());
    ask(Kind.CUSTOMER, filter.customer(), OrderSource.ofCustomer());
    ask(Kind.SKU, filter.sku(), OrderSource.ofSku());
    ask(Kind.CURRENCY, filter.currency(), OrderSource.ofCurrency());
    if (filter.rule() != null) {
      bindings.put("rule", filter.rule().toUuid());
      asked.put(Kind.RULE, List.of(OrderSource.ofRule()));
    }
    if (!anyStatus()) {
      asked.put(
          Kind.STATUS,
          filter.statuses().stream().map(status -> OrderSource.ofStatus(word(status))).toList());
    }
    for (OrderStatus status : filter.statuses()) {
      bindings.put("status_" + word(status), word(status));
    }
    if (filter.text() != null) {
      askText(filter.text());
    }
  }

  private void ask(Kind kind, @Nullable Object value, OrderSource source) {
    if (value != null) {
      bindings.put(kind.name().toLowerCase(Locale.ROOT), value.toString());
      asked.put(kind, List.of(source));
    }
  }

  private void askText(String text) {
    bindings.put("text", text);
    bindings.put("textEnd", text + dialect.greatestCharacter());
    List<OrderSource> sources = new ArrayList<>();
    if (text.matches("[0-9]{1,18}")) {
      bindings.put("number", Long.valueOf(text));
      sources.add(OrderSource.ofNumber());
    }
    sources.add(OrderSource.ofText());
    sources.add(OrderSource.ofSkuPrefix());
    asked.put(Kind.TEXT, sources);
  }

  /** Queries of which one finds all that is looked for, and the others nothing. */
  private List<String> ways() {
    List<OrderSource> walked = walked();
    List<String> ways = new ArrayList<>();
    String none = null;
    for (List<OrderSource> choice : choices(walked.getFirst())) {
      String few = count(choice, " is null", " and ");
      String many = count(choice, " is not null", " or ");
      String gate = requireNonNull(and(none, few));
      choice.forEach(source -> ways.add(sorted(source, gate)));
      none = and(none, many);
    }
    String gate = none;
    walked.forEach(source -> ways.add(walk(source, gate)));
    return ways;
  }

  private String count(List<OrderSource> choice, String is, String together) {
    return choice.stream().map(source -> many(source) + is).collect(joining(together, "(", ")"));
  }

  /** What is walked if nothing is found to be few: sorted as is to be sorted. */
  private List<OrderSource> walked() {
    for (Map.Entry<Kind, List<OrderSource>> one : asked.entrySet()) {
      if (one.getKey() != Kind.TEXT) {
        if (!sort.isByTotal()) {
          return one.getValue();
        }
        if (SORTED_BY_TOTAL.contains(one.getKey())) {
          return List.of(one.getValue().getFirst().byTotal());
        }
      }
    }
    return List.of(sort.isByTotal() ? OrderSource.ofAllByTotal() : OrderSource.ofAll());
  }

  /** What may hold few orders that would be met late on the walk. */
  private List<List<OrderSource>> choices(OrderSource walked) {
    List<List<OrderSource>> choices = new ArrayList<>();
    asked.forEach((kind, sources) -> {
      if (kind == Kind.TEXT) {
        // First, for to ask of an order whether it has a text takes longest.
        choices.addFirst(sources);
      } else if (kind != walked.kind() || (sort.isByTotal() && ranges.areOfTime())) {
        choices.add(sources);
      }
    });
    if (asked.containsKey(Kind.CUSTOMER)) {
      // Hardly anybody has many orders.
      choices.removeIf(sources -> !BESIDE_A_CUSTOMER.contains(sources.getFirst().kind()));
      return choices;
    }
    if (sort.isByTotal() && ranges.areOfTime() && asked.isEmpty()) {
      choices.add(List.of(OrderSource.ofAll()));
    }
    if (!sort.isByTotal() && ranges.areOfTotals()) {
      choices.add(
          List.of(
              asked.keySet().stream()
                  .filter(SORTED_BY_TOTAL::contains)
                  .findFirst()
                  .map(kind -> asked(kind).getFirst().byTotal())
                  .orElseGet(OrderSource::ofAllByTotal)));
    }
    return choices;
  }

  private List<OrderSource> asked(Kind kind) {
    return requireNonNull(asked.get(kind));
  }

  /** Walks an index that sorts as it is to be sorted. */
  private String walk(OrderSource source, @Nullable String gate) {
    return """
    select * from (
    select %s as id, %s as position from %s%s
    order by %s
    fetch first :limit rows only
    ) w\
    """
        .formatted(
            source.id("x"),
            position(source.time("x"), source.total("x")),
            source.from(dialect, "x"),
            where(
                source.condition("x"),
                indexed(source, "x", gate),
                ranges.behind(position(source.time("x"), source.total("x")), source.id("x")),
                source.sorting() == Sorting.TIME
                    ? ranges.ofTotal(source.total("x"), null)
                    : ranges.ofTime(source.time("x"), null),
                others(source.kind(), true, source.id("x"), source.time("x"), source.total("x")),
                source.kind() == Kind.SKU ? firstLine() : null),
            order(source.lead("x"), position(source.time("x"), source.total("x")), source.id("x")));
  }

  /** Looks at the few orders of a source, and sorts those that are wanted. */
  private String sorted(OrderSource source, String gate) {
    // With a limit of its own it is read as it stands, and not from an index that happens to sort.
    String few =
        """
        select %s as id, %s as placed, %s as amount from %s%s%s
        fetch first :few rows only\
        """
            .formatted(
                source.id("x"),
                source.time("x"),
                source.total("x"),
                source.from(dialect, "x"),
                where(closable(source, gate), indexed(source, "x", gate)),
                source.order("x"));
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
            position("f.placed", "f.amount"),
            few,
            where(
                ranges.ofTime("f.placed", null),
                ranges.ofTotal("f.amount", null),
                ranges.behind(position("f.placed", "f.amount"), "f.id"),
                others(source.kind(), false, "f.id", "f.placed", "f.amount")),
            order(null, "position", "f.id"));
  }

  private String position(String time, String total) {
    return sort.isByTotal() ? total : time;
  }

  /** A row if a source holds more than a few orders. */
  private String many(OrderSource source) {
    return "(select 1 from %s%s%s offset :few rows fetch first 1 rows only)"
        .formatted(
            source.from(dialect, "c"),
            where(source.condition("c"), indexed(source, "c", null)),
            source.order("c"));
  }

  /**
   * The range that the index of a source is sorted by, in which nothing is behind a closed gate.
   */
  private @Nullable String indexed(OrderSource source, String alias, @Nullable String gate) {
    return switch (source.sorting()) {
      case TIME -> ranges.ofTime(source.time(alias), gate);
      case TOTAL -> ranges.ofTotal(source.total(alias), gate);
      case NOTHING -> null;
    };
  }

  /**
   * The condition of a source that no row fulfils behind a closed gate, if its range cannot say.
   */
  private static @Nullable String closable(OrderSource source, String gate) {
    if (source.sorting() != Sorting.NOTHING) {
      return source.condition("x");
    }
    return source.rows() == Rows.LINES
        ? "x.sku >= :text and x.sku <= case when %s then cast(:textEnd as varchar) else '' end"
            .formatted(gate)
        : source.condition("x") + " and " + gate;
  }

  /** What is asked for beside the source. */
  private @Nullable String others(
      @Nullable Kind found, boolean walking, String id, String time, String total) {
    List<@Nullable String> conditions = new ArrayList<>();
    asked.forEach((kind, sources) -> {
      if (kind != found) {
        boolean byTotal = sort.isByTotal() && SORTED_BY_TOTAL.contains(kind);
        conditions.add(
            sources.stream()
                .map(source -> byTotal ? source.byTotal() : source)
                .map(source -> source.row(dialect, id, time, total))
                .map(row ->
                    walking || sources.size() > 1 ? valueOf(row) : "exists (%s)".formatted(row))
                .collect(joining("\n    or ", "(", ")")));
      }
    });
    return and(conditions);
  }

  /**
   * A value, and not {@code exists}: PostgreSQL would join, and not knowing that the time follows
   * from the id guess that hardly any order is found, and give up walking.
   */
  private static String valueOf(String row) {
    return "(%s fetch first 1 rows only) is not null".formatted(row);
  }

  /** An order that has a sku in several lines is met by the first of them. */
  private String firstLine() {
    return """
    (select 1 from order_lines e%s
      where e.sku = :sku and e.placed_at = x.placed_at and e.order_id = x.order_id
      and e.position < x.position fetch first 1 rows only) is null\
    """
        .formatted(dialect.byIndex("order_lines_of_sku"));
  }

  private boolean anyStatus() {
    return filter.statuses().isEmpty() || filter.statuses().equals(Set.of(OrderStatus.values()));
  }

  /** With what is looked for in front and its direction that of the index, H2 does not sort. */
  private String order(@Nullable String lead, String column, String id) {
    String direction = sort.isFalling() ? " desc" : "";
    String first = lead == null ? "" : lead + (sort.isFalling() ? ", " : " desc, ");
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
