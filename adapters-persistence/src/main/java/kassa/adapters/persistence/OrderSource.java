package kassa.adapters.persistence;

import org.jspecify.annotations.Nullable;

/**
 * Where the orders of a filter are found by an index.
 *
 * @param kind the filter that it answers; {@code null} if it holds all orders
 * @param rows the table
 * @param index the index that H2 is told to read, unless it finds the right one by itself
 * @param column what is looked at; it comes first in the index, but in that of all orders
 * @param test what the column has to fulfil
 * @param sorting what sorts the rows of one value in the index
 */
record OrderSource(
    @Nullable Kind kind,
    Rows rows,
    @Nullable String index,
    @Nullable String column,
    String test,
    Sorting sorting) {

  /** The filters that have an index. */
  enum Kind {
    CODE,
    CUSTOMER,
    SKU,
    RULE,
    STATUS,
    CURRENCY,
    TEXT
  }

  /** What an index sorts by. Whichever it is, the index holds the other one as well. */
  enum Sorting {
    TIME,
    TOTAL,
    NOTHING
  }

  /** The tables, each with the time, the total and the id of its order. */
  enum Rows {
    ORDERS("orders", "placed_at", "total_amount", "id"),
    LINES("order_lines", "placed_at", "order_total", "order_id"),
    REDEMPTIONS("redemptions", "redeemed_at", "order_total", "order_id");

    private final String table;
    private final String time;
    private final String total;
    private final String id;

    Rows(String table, String time, String total, String id) {
      this.table = table;
      this.time = time;
      this.total = total;
      this.id = id;
    }
  }

  static OrderSource ofAll() {
    return new OrderSource(null, Rows.ORDERS, "orders_newest_first", null, "", Sorting.TIME);
  }

  static OrderSource ofAllByTotal() {
    return new OrderSource(null, Rows.ORDERS, "orders_by_total", null, "", Sorting.TOTAL);
  }

  static OrderSource ofNumber() {
    return new OrderSource(Kind.TEXT, Rows.ORDERS, null, "number", "= :number", Sorting.NOTHING);
  }

  static OrderSource ofText() {
    return ofOrders(Kind.TEXT, "orders_of_customer", "customer_id", "= :text");
  }

  static OrderSource ofSkuPrefix() {
    return new OrderSource(
        Kind.TEXT,
        Rows.LINES,
        "order_lines_of_sku",
        "sku",
        "between :text and :textEnd",
        Sorting.NOTHING);
  }

  static OrderSource ofCustomer() {
    return ofOrders(Kind.CUSTOMER, "orders_of_customer", "customer_id", "= :customer");
  }

  /**
   * @param status the status as it stands in the column
   */
  static OrderSource ofStatus(String status) {
    return ofOrders(Kind.STATUS, "orders_of_status", "status", "= :status_" + status);
  }

  static OrderSource ofCurrency() {
    return ofOrders(Kind.CURRENCY, "orders_of_currency", "currency", "= :currency");
  }

  static OrderSource ofSku() {
    return new OrderSource(
        Kind.SKU, Rows.LINES, "order_lines_of_sku", "sku", "= :sku", Sorting.TIME);
  }

  static OrderSource ofCode() {
    return ofRedemptions(Kind.CODE, "redemptions_with_code", "code_key", "= :code");
  }

  static OrderSource ofRule() {
    return ofRedemptions(Kind.RULE, "redemptions_of_rule", "rule_id", "= :rule");
  }

  /** The same rows by the index that sorts them by total. */
  OrderSource byTotal() {
    return new OrderSource(kind, rows, index + "_by_total", column, test, Sorting.TOTAL);
  }

  /** The table under an alias. */
  String from(Dialect dialect, String alias) {
    return rows.table + " " + alias + (index == null ? "" : dialect.byIndex(index));
  }

  /** What its rows have to fulfil; nothing if it holds all of them. */
  @Nullable String condition(String alias) {
    return column == null ? null : alias + "." + column + " " + test;
  }

  String time(String alias) {
    return alias + "." + rows.time;
  }

  String total(String alias) {
    return alias + "." + rows.total;
  }

  String id(String alias) {
    return alias + "." + rows.id;
  }

  /** What comes first in the index, if anything does but what it sorts by. */
  @Nullable String lead(String alias) {
    return column == null ? null : alias + "." + column;
  }

  /** Sorts the rows as the index does, lest PostgreSQL look for them in the table. */
  String order(String alias) {
    String lead = column == null ? "" : lead(alias) + ", ";
    return switch (sorting) {
      case TIME -> "\norder by %s%s desc".formatted(lead, time(alias));
      case TOTAL -> "\norder by %s%s desc".formatted(lead, total(alias));
      case NOTHING -> "";
    };
  }

  /**
   * Looks for an order among the rows, by all that the index is sorted by, so that the index alone
   * is looked at; where it is not sorted, by the order's own rows.
   *
   * @param id the column of the order's id, and so on
   */
  String row(Dialect dialect, String id, String time, String total) {
    String sorted =
        switch (sorting) {
          case TIME -> " and %s = %s".formatted(time("p"), time);
          case TOTAL -> " and %s = %s".formatted(total("p"), total);
          case NOTHING -> "";
        };
    return "select 1 from %s where %s%s and %s = %s"
        .formatted(
            sorting == Sorting.NOTHING ? rows.table + " p" : from(dialect, "p"),
            condition("p"),
            sorted,
            id("p"),
            id);
  }

  private static OrderSource ofOrders(Kind kind, String index, String column, String test) {
    return new OrderSource(kind, Rows.ORDERS, index, column, test, Sorting.TIME);
  }

  private static OrderSource ofRedemptions(Kind kind, String index, String column, String test) {
    return new OrderSource(kind, Rows.REDEMPTIONS, index, column, test, Sorting.TIME);
  }
}
