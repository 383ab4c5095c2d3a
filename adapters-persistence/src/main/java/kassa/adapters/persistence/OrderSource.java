package kassa.adapters.persistence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the orders of one filter are found by an index.
 *
 * @param kind the filter that it answers
 * @param table the table, with what makes H2 read it by the index
 * @param condition what its rows have to fulfil
 * @param lead the column that comes first in the index and has one value in all of the rows
 * @param time the column that sorts the rows by time
 * @param id the column of the order's id
 */
record OrderSource(
    @Nullable Kind kind,
    String table,
    String condition,
    @Nullable String lead,
    String time,
    String id) {

  /** The filters that have an index. */
  enum Kind {
    NUMBER,
    CUSTOMER,
    STATUS,
    CURRENCY,
    TOTAL,
    SKU,
    CODE,
    RULE,
    TEXT
  }

  static OrderSource ofAll(Dialect dialect) {
    return ofOrders(null, dialect.byIndex("orders_newest_first"), "1 = 1", null);
  }

  static OrderSource ofNumber() {
    return ofOrders(Kind.TEXT, "", "o.number = :number", null);
  }

  static OrderSource ofText(Dialect dialect) {
    return ofOrders(
        Kind.TEXT, dialect.byIndex("orders_of_customer"), "o.customer_id = :text", "o.customer_id");
  }

  static OrderSource ofCustomer(Dialect dialect) {
    return ofOrders(
        Kind.CUSTOMER,
        dialect.byIndex("orders_of_customer"),
        "o.customer_id = :customer",
        "o.customer_id");
  }

  /**
   * @param status the status as it stands in the column
   */
  static OrderSource ofStatus(Dialect dialect, String status) {
    return ofOrders(
        Kind.STATUS,
        dialect.byIndex("orders_of_status"),
        "o.status = :status_" + status,
        "o.status");
  }

  static OrderSource ofCurrency(Dialect dialect) {
    return ofOrders(
        Kind.CURRENCY,
        dialect.byIndex("orders_of_currency"),
        "o.currency = :currency",
        "o.currency");
  }

  static OrderSource ofTotal(Dialect dialect, @Nullable String range) {
    return ofOrders(
        Kind.TOTAL, dialect.byIndex("orders_by_total"), range == null ? "1 = 1" : range, null);
  }

  /** An order that has a sku in several lines is met by the first of them. */
  static OrderSource ofSku(Dialect dialect) {
    return new OrderSource(
        Kind.SKU,
        "order_lines l" + dialect.byIndex("order_lines_of_sku"),
        """
        l.sku = :sku and not exists (
            select 1 from order_lines e
            where e.order_id = l.order_id and e.sku = :sku and e.position < l.position)\
        """,
        "l.sku",
        "l.placed_at",
        "l.order_id");
  }

  static OrderSource ofSkuPrefix(Dialect dialect) {
    return new OrderSource(
        Kind.TEXT,
        "order_lines l" + dialect.byIndex("order_lines_of_sku"),
        "l.sku >= :text and l.sku <= :textEnd",
        null,
        "l.placed_at",
        "l.order_id");
  }

  static OrderSource ofCode(Dialect dialect) {
    return ofRedemptions(
        Kind.CODE, dialect.byIndex("redemptions_with_code"), "r.code_key = :code", "r.code_key");
  }

  static OrderSource ofRule(Dialect dialect) {
    return ofRedemptions(
        Kind.RULE, dialect.byIndex("redemptions_of_rule"), "r.rule_id = :rule", "r.rule_id");
  }

  /**
   * @param ids queries of ids
   */
  static OrderSource ofAny(List<String> ids) {
    String all = String.join(") a\nunion all select order_id from (", ids);
    return new OrderSource(
        Kind.TEXT,
        "(select order_id from (" + all + ") a) t",
        "1 = 1",
        null,
        "t.placed_at",
        "t.order_id");
  }

  /** The source and its orders. */
  String joined() {
    return id.equals("o.id") ? table : table + " join orders o on o.id = " + id;
  }

  /** Whether a range of the time is a range of the index. */
  boolean isSortedByTime() {
    return kind != Kind.TOTAL && kind != Kind.TEXT;
  }

  private static OrderSource ofOrders(
      @Nullable Kind kind, String index, String condition, @Nullable String lead) {
    return new OrderSource(kind, "orders o" + index, condition, lead, "o.placed_at", "o.id");
  }

  private static OrderSource ofRedemptions(Kind kind, String index, String condition, String lead) {
    return new OrderSource(
        kind, "redemptions r" + index, condition, lead, "r.redeemed_at", "r.order_id");
  }
}
