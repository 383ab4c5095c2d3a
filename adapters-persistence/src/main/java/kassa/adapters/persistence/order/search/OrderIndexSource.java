package kassa.adapters.persistence.order.search;

import kassa.adapters.persistence.jdbc.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * A source of orders for a filter: a table and an index that contain the matching orders.
 *
 * @param kind the filter; {@code null} for all orders
 * @param sourceTable the table
 * @param index the index for the hint on H2; {@code null} if H2 chooses the right one itself
 * @param column the filtered column, which is the first one of the index; {@code null} for all
 *     orders
 * @param predicate the condition on the column
 * @param indexOrder the sort order of the rows of one value in the index
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

  /** Sort order of an index. An index sorted by time also contains the total, and vice versa. */
  enum IndexOrder {
    TIME,
    TOTAL,
    UNSORTED
  }

  /** The tables, with their columns for the time, the total and the id of the order. */
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

  static OrderIndexSource ofTextCustomer() {
    return ofOrders(FilterKind.TEXT, "idx_orders_customer", "customer_id", "= :textCustomer");
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
   * @param status the column value of the status
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

  /** The same rows, from the index that is sorted by total. */
  OrderIndexSource sortedByTotal() {
    return new OrderIndexSource(
        kind, sourceTable, index + "_by_total", column, predicate, IndexOrder.TOTAL);
  }

  /** The table with an alias and an index hint. */
  String fromClause(Dialect dialect, String alias) {
    return sourceTable.table + " " + alias + (index == null ? "" : dialect.indexHint(index));
  }

  /** The condition on its rows; {@code null} for all rows. */
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

  /** The first column of the index; {@code null} if the index starts with its sort column. */
  @Nullable String leadingColumn(String alias) {
    return column == null ? null : alias + "." + column;
  }

  /** The order of the index, so that PostgreSQL reads the index and not the table. */
  String orderBy(String alias) {
    String leading = column == null ? "" : leadingColumn(alias) + ", ";
    return switch (indexOrder) {
      case TIME -> "\norder by %s%s desc".formatted(leading, timeColumn(alias));
      case TOTAL -> "\norder by %s%s desc".formatted(leading, totalColumn(alias));
      case UNSORTED -> "";
    };
  }

  /**
   * A query for one order among the rows. It uses all columns of the index, so that only the index
   * is read. If the index is not sorted, it uses the rows of the order.
   *
   * @param id the column with the id of the order
   * @param time the column with its time
   * @param total the column with its total
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
      FilterKind kind, String index, String column, String predicate) {
    return new OrderIndexSource(
        kind, SourceTable.ORDERS, index, column, predicate, IndexOrder.TIME);
  }

  private static OrderIndexSource ofRedemptions(
      FilterKind kind, String index, String column, String predicate) {
    return new OrderIndexSource(
        kind, SourceTable.REDEMPTIONS, index, column, predicate, IndexOrder.TIME);
  }
}
