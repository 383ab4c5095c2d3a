package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the orders of one filter are found by an index.
 *
 * @param kind the filter that it answers
 * @param table the table, with what makes H2 read it by the index
 * @param condition what its rows have to fulfil
 * @param lead the column that comes first in the index and has one value in all of the rows
 * @param time the column that sorts the rows in the index by time, if one does
 * @param total the column that sorts them by the total of their order, if one does
 * @param id the column of the order's id
 */
record OrderSource(
    @Nullable Kind kind,
    String table,
    String condition,
    @Nullable String lead,
    @Nullable String time,
    @Nullable String total,
    String id) {

  /** The filters that have an index. */
  enum Kind {
    NUMBER,
    CUSTOMER,
    STATUS,
    CURRENCY,
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

  static OrderSource ofCurrencyByTotal(Dialect dialect) {
    return ofOrdersByTotal(
        Kind.CURRENCY,
        dialect.byIndex("orders_of_currency_by_total"),
        "o.currency = :currency",
        "o.currency");
  }

  static OrderSource ofAllByTotal(Dialect dialect) {
    return ofOrdersByTotal(null, dialect.byIndex("orders_by_total"), "1 = 1", null);
  }

  static OrderSource ofSku(Dialect dialect) {
    return ofSku(dialect.byIndex("order_lines_of_sku"), "l.placed_at", null);
  }

  static OrderSource ofSkuByTotal(Dialect dialect) {
    return ofSku(dialect.byIndex("order_lines_of_sku_by_total"), null, "l.order_total");
  }

  static OrderSource ofSkuPrefix(Dialect dialect) {
    return new OrderSource(
        Kind.TEXT,
        "order_lines l" + dialect.byIndex("order_lines_of_sku"),
        "l.sku >= :text and l.sku <= :textEnd",
        null,
        null,
        null,
        "l.order_id");
  }

  static OrderSource ofCode(Dialect dialect) {
    return ofCode(dialect.byIndex("redemptions_with_code"), "r.redeemed_at", null);
  }

  static OrderSource ofCodeByTotal(Dialect dialect) {
    return ofCode(dialect.byIndex("redemptions_with_code_by_total"), null, "r.order_total");
  }

  static OrderSource ofRule(Dialect dialect) {
    return ofRule(dialect.byIndex("redemptions_of_rule"), "r.redeemed_at", null);
  }

  static OrderSource ofRuleByTotal(Dialect dialect) {
    return ofRule(dialect.byIndex("redemptions_of_rule_by_total"), null, "r.order_total");
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
        null,
        null,
        "t.order_id");
  }

  /** The source and its orders. */
  String joined() {
    return id.equals("o.id") ? table : table + " join orders o on o.id = " + id;
  }

  /** What sorts the rows in the index. */
  String sorting() {
    return requireNonNull(time == null ? total : time);
  }

  private static OrderSource ofOrders(
      @Nullable Kind kind, String index, String condition, @Nullable String lead) {
    return new OrderSource(kind, "orders o" + index, condition, lead, "o.placed_at", null, "o.id");
  }

  private static OrderSource ofOrdersByTotal(
      @Nullable Kind kind, String index, String condition, @Nullable String lead) {
    return new OrderSource(
        kind, "orders o" + index, condition, lead, null, "o.total_amount", "o.id");
  }

  /** An order that has a sku in several lines is met by the first of them. */
  private static OrderSource ofSku(String index, @Nullable String time, @Nullable String total) {
    String first =
        """
        l.sku = :sku and not exists (
            select 1 from order_lines e
            where e.order_id = l.order_id and e.sku = :sku and e.position < l.position)\
        """;
    return new OrderSource(
        Kind.SKU, "order_lines l" + index, first, "l.sku", time, total, "l.order_id");
  }

  private static OrderSource ofCode(String index, @Nullable String time, @Nullable String total) {
    return new OrderSource(
        Kind.CODE,
        "redemptions r" + index,
        "r.code_key = :code",
        "r.code_key",
        time,
        total,
        "r.order_id");
  }

  private static OrderSource ofRule(String index, @Nullable String time, @Nullable String total) {
    return new OrderSource(
        Kind.RULE,
        "redemptions r" + index,
        "r.rule_id = :rule",
        "r.rule_id",
        time,
        total,
        "r.order_id");
  }
}
