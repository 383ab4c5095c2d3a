package kassa.adapters.persistence.order.search;

import kassa.adapters.persistence.jdbc.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Where the orders of a filter are found by an index.
 *
 * @param kind the filter that it answers; {@code null} if it holds all orders
 * @param sourceTable the table
 * @param index the index that H2 is told to read, unless it finds the right one by itself
 * @param column what is looked at; it comes first in the index, but in that of all orders
 * @param predicate what the column has to fulfil
 * @param indexOrder what sorts the rows of one value in the index
 */
record OrderIndexSource(
    @Nullable FilterKind kind,
    SourceTable sourceTable,
    @Nullable String index,
    @Nullable String column,
    String predicate,
    IndexOrder indexOrder) {

  /** The filters that have an index. */
  enum FilterKind {
    CODE,
    CUSTOMER,
    SKU,
    RULE,
    STATUS,
    CURRENCY,
    TEXT
  }

  /** What an index sorts by. Whichever it is, the index holds the other one as well. */
  enum IndexOrder {
    TIME,
    TOTAL,
    UNSORTED
  }

  /** The tables, each with the time, the total and the id of its order. */
  enum SourceTable {
    ORDERS("orders", "placed_at", "total_major", "id"),
    LINES("order_lines", "placed_at", "order_total_major", "order_id"),
    REDEMPTIONS("redemptions", "redeemed_at", "order_total_major", "order_id");

    private final String table;
    private final String time;
    private final String total;
    private final String id;

    SourceTable(String table, String time, String total, String id) {
      this.table = table;
      this.time = time;
      this.total = total;
      this.id = id;
    }
  }

  static OrderIndexSource ofAll() {
    return new OrderIndexSource(
        null, SourceTable.ORDERS, "idx_orders_placed_at", null, "", IndexOrder.TIME);
  }

  static OrderIndexSource ofAllByTotal() {
    return new OrderIndexSource(
        null, SourceTable.ORDERS, "idx_orders_total", null, "", IndexOrder.TOTAL);
  }

  static OrderIndexSource ofNumber() {
    return new OrderIndexSource(
        FilterKind.TEXT, SourceTable.ORDERS, null, "number", "= :number", IndexOrder.UNSORTED);
  }

  static OrderIndexSource ofText() {
    return ofOrders(FilterKind.TEXT, "idx_orders_customer", "customer_id", "= :text");
  }

  static OrderIndexSource ofSkuPrefix() {
    return new OrderIndexSource(
        FilterKind.TEXT,
        SourceTable.LINES,
        "idx_order_lines_sku",
        "sku",
        "between :text and :textEnd",
        IndexOrder.UNSORTED);
  }

  static OrderIndexSource ofCustomer() {
    return ofOrders(FilterKind.CUSTOMER, "idx_orders_customer", "customer_id", "= :customer");
  }

  /**
   * @param status the status as it stands in the column
   */
  static OrderIndexSource ofStatus(String status) {
    return ofOrders(FilterKind.STATUS, "idx_orders_status", "status", "= :status_" + status);
  }

  static OrderIndexSource ofCurrency() {
    return ofOrders(FilterKind.CURRENCY, "idx_orders_currency", "currency", "= :currency");
  }

  static OrderIndexSource ofSku() {
    return new OrderIndexSource(
        FilterKind.SKU, SourceTable.LINES, "idx_order_lines_sku", "sku", "= :sku", IndexOrder.TIME);
  }

  static OrderIndexSource ofCode() {
    return ofRedemptions(FilterKind.CODE, "idx_redemptions_code", "normalized_code", "= :code");
  }

  static OrderIndexSource ofRule() {
    return ofRedemptions(FilterKind.RULE, "idx_redemptions_rule", "rule_id", "= :rule");
  }

  /** The same rows by the index that sorts them by total. */
  OrderIndexSource sortedByTotal() {
    return new OrderIndexSource(
        kind, sourceTable, index + "_by_total", column, predicate, IndexOrder.TOTAL);
  }

  /** The table under an alias. */
  String fromClause(Dialect dialect, String alias) {
    return sourceTable.table + " " + alias + (index == null ? "" : dialect.indexHint(index));
  }

  /** What its rows have to fulfil; nothing if it holds all of them. */
  @Nullable String condition(String alias) {
    return column == null ? null : alias + "." + column + " " + predicate;
  }

  String timeColumn(String alias) {
    return alias + "." + sourceTable.time;
  }

  String totalColumn(String alias) {
    return alias + "." + sourceTable.total;
  }

  String idColumn(String alias) {
    return alias + "." + sourceTable.id;
  }

  /** What comes first in the index, if anything does but what it sorts by. */
  @Nullable String leadingColumn(String alias) {
    return column == null ? null : alias + "." + column;
  }

  /** Sorts the rows as the index does, lest PostgreSQL look for them in the table. */
  String orderBy(String alias) {
    String lead = column == null ? "" : leadingColumn(alias) + ", ";
    return switch (indexOrder) {
      case TIME -> "\norder by %s%s desc".formatted(lead, timeColumn(alias));
      case TOTAL -> "\norder by %s%s desc".formatted(lead, totalColumn(alias));
      case UNSORTED -> "";
    };
  }

  /**
   * Looks for an order among the rows, by all that the index is sorted by, so that the index alone
   * is looked at; where it is not sorted, by the order's own rows.
   *
   * @param id the column of the order's id, and so on
   */
  String existsQuery(Dialect dialect, String id, String time, String total) {
    String sorted =
        switch (indexOrder) {
          case TIME -> " and %s = %s".formatted(timeColumn("p"), time);
          case TOTAL -> " and %s = %s".formatted(totalColumn("p"), total);
          case UNSORTED -> "";
        };
    return "select 1 from %s where %s%s and %s = %s"
        .formatted(
            indexOrder == IndexOrder.UNSORTED ? sourceTable.table + " p" : fromClause(dialect, "p"),
            condition("p"),
            sorted,
            idColumn("p"),
            id);
  }

  private static OrderIndexSource ofOrders(
      FilterKind kind, String index, String column, String test) {
    return new OrderIndexSource(kind, SourceTable.ORDERS, index, column, test, IndexOrder.TIME);
  }

  private static OrderIndexSource ofRedemptions(
      FilterKind kind, String index, String column, String test) {
    return new OrderIndexSource(
        kind, SourceTable.REDEMPTIONS, index, column, test, IndexOrder.TIME);
  }
}
