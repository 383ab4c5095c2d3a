package kassa.adapters.persistence.report;

import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;
import static kassa.adapters.persistence.jdbc.SqlValues.uuidArray;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import kassa.adapters.persistence.jdbc.Queries;
import kassa.adapters.persistence.report.GroupSums.Column;
import kassa.adapters.persistence.report.GroupSums.Sums;
import kassa.adapters.persistence.report.SalesDigest.Entry;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads the orders and refunds of a range of times, and adds them up by SKU, customer and rule.
 * Reads the tables in portions and one after the other, by index: joined, H2 reads all refunds and
 * redemptions each time. Thread-safe.
 */
final class SalesReader {

  private static final int MAX_ROWS = 20_000;
  private static final int MAX_IDS = 500;

  private static final String ORDERS =
      """
      select
        id, placed_at, customer_id, currency, discount_total, total, tax_total,
        subtotal, coalesce(shipping_amount, 0) as shipping_amount
      from orders
      where placed_at >= :from and placed_at < :to and status <> 'cancelled'
      order by placed_at desc fetch first :max rows with ties
      """;

  private static final String REFUNDS_BY_DATE =
      """
      select order_id, version, refunded_at, total, tax_total from refunds
      where refunded_at >= :from and refunded_at < :to
      order by refunded_at fetch first :max rows with ties
      """;

  private static final String BY_ID =
      """
      select id, customer_id, currency from orders
      where id = any(cast(:ids as uuid array)) and status <> 'cancelled'
      """;

  private static final String LINES =
      """
      select order_id, sku, quantity, subtotal, discount_total, total, tax_total from order_lines
      where order_id = any(cast(:ids as uuid array))
      """;

  private static final String REDEMPTIONS =
      """
      select order_id, rule_id, amount from redemptions
      where order_id = any(cast(:ids as uuid array))
      """;

  private static final String REFUNDS =
      """
      select order_id, version, total, tax_total from refunds
      where order_id = any(cast(:ids as uuid array))
      """;

  private static final String REFUND_LINES =
      """
      select order_id, version, sku, amount, tax from refund_lines
      where order_id = any(cast(:ids as uuid array))
      """;

  /** Order of a portion. */
  private static final class OrderRow {

    private final @Nullable String customer;
    private final String currency;
    private BigInteger units = BigInteger.ZERO;
    private BigInteger gross = BigInteger.ZERO;
    private BigInteger discounts = BigInteger.ZERO;
    private BigInteger net = BigInteger.ZERO;
    private BigInteger tax = BigInteger.ZERO;
    private final Set<String> skus = new HashSet<>();
    private final List<String> rules = new ArrayList<>();

    OrderRow(ResultSet row) throws SQLException {
      customer = row.getString("customer_id");
      currency = row.getString("currency");
    }

    OrderRow withAmounts(ResultSet row) throws SQLException {
      gross = number(row, "subtotal").add(number(row, "shipping_amount"));
      discounts = number(row, "discount_total");
      tax = number(row, "tax_total");
      net = number(row, "total").subtract(tax);
      return this;
    }

    void addTo(Sums sums, BigInteger discount) {
      sums.addOrder();
      sums.add(Column.UNITS, units)
          .add(Column.GROSS, gross)
          .add(Column.DISCOUNTS, discount)
          .add(Column.NET, net)
          .add(Column.TAX, tax);
    }
  }

  /** Refund of an order. */
  private record RefundKey(UUID order, int version) {}

  /** Reads a row. */
  private interface RowReader {

    void read(ResultSet row) throws SQLException;
  }

  private final Queries queries;

  SalesReader(Queries queries) {
    this.queries = queries;
  }

  /**
   * Reads a range. A group can occur several times.
   *
   * @param consumer receives the entries; returns false to stop
   * @return false if it was stopped
   */
  boolean read(Instant from, Instant to, BiPredicate<GroupKey, Entry> consumer) {
    Instant end = to;
    while (from.isBefore(end)) {
      Map<UUID, OrderRow> orders = new LinkedHashMap<>();
      Optional<Instant> first =
          readPortion(
              ORDERS,
              "placed_at",
              from,
              end,
              row -> orders.put(uuid(row, "id"), new OrderRow(row).withAmounts(row)));
      end = first.orElse(from);
      GroupSums sums = new GroupSums();
      portions(orders, portion -> addOrders(portion, sums));
      if (!pass(sums, consumer)) {
        return false;
      }
    }
    return readRefundsByDate(from, to, consumer);
  }

  /**
   * Reads the first rows of a range of times, with all that have the time of the last one.
   *
   * @param timeColumn the column by which the rows are sorted
   * @return the time of the last row; empty if there are no more rows
   */
  private Optional<Instant> readPortion(
      String sql, String timeColumn, Instant from, Instant to, RowReader reader) {
    return queries.query(
        "read a portion of sales",
        handle -> {
          List<Instant> times = new ArrayList<>();
          read(
              handle
                  .createQuery(sql)
                  .bind("from", timestamp(from))
                  .bind("to", timestamp(to))
                  .bind("max", MAX_ROWS),
              row -> {
                reader.read(row);
                times.add(instant(row, timeColumn));
              });
          return times.size() < MAX_ROWS ? Optional.empty() : Optional.of(times.getLast());
        });
  }

  private static boolean pass(GroupSums sums, BiPredicate<GroupKey, Entry> consumer) {
    boolean[] goOn = {true};
    sums.forEach((kind, entry) -> goOn[0] = goOn[0] && consumer.test(kind, entry));
    return goOn[0];
  }

  private static void portions(Map<UUID, OrderRow> orders, Consumer<Map<UUID, OrderRow>> consumer) {
    Map<UUID, OrderRow> portion = new LinkedHashMap<>();
    orders.forEach((id, order) -> {
      portion.put(id, order);
      if (portion.size() == MAX_IDS) {
        consumer.accept(portion);
        portion.clear();
      }
    });
    if (!portion.isEmpty()) {
      consumer.accept(portion);
    }
  }

  private void addOrders(Map<UUID, OrderRow> orders, GroupSums sums) {
    queries.query(
        "read lines and refunds for sales",
        handle -> {
          forEach(
              handle,
              LINES,
              orders,
              (order, row) -> {
                BigInteger units = thousandths(row);
                BigInteger tax = number(row, "tax_total");
                String sku = row.getString("sku");
                Sums bySku =
                    sums.of(GroupKey.SKU, sku, order.currency)
                        .add(Column.UNITS, units)
                        .add(Column.GROSS, number(row, "subtotal"))
                        .add(Column.DISCOUNTS, number(row, "discount_total"))
                        .add(Column.NET, number(row, "total").subtract(tax))
                        .add(Column.TAX, tax);
                if (order.skus.add(sku)) {
                  bySku.addOrder();
                }
                order.units = order.units.add(units);
              });
          orders
              .values()
              .forEach(order ->
                  order.addTo(
                      sums.of(GroupKey.CUSTOMER, order.customer, order.currency), order.discounts));
          forEach(
              handle,
              REDEMPTIONS,
              orders,
              (order, row) -> {
                order.rules.add(rule(row));
                order.addTo(
                    sums.of(GroupKey.RULE, rule(row), order.currency), number(row, "amount"));
              });
          forEach(
              handle,
              REFUNDS,
              orders,
              (order, row) -> addRefund(sums, order, row, Column.REFUNDS, Column.REFUNDED_TAX));
          forEach(
              handle,
              REFUND_LINES,
              orders,
              (order, row) ->
                  sums.of(GroupKey.SKU, row.getString("sku"), order.currency)
                      .add(Column.REFUNDS, number(row, "amount"))
                      .add(Column.REFUNDED_TAX, number(row, "tax")));
          return true;
        });
  }

  private static void addRefund(
      GroupSums sums, OrderRow order, ResultSet row, Column refunds, Column refundedTax)
      throws SQLException {
    BigInteger total = number(row, "total");
    BigInteger tax = number(row, "tax_total");
    sums.of(GroupKey.CUSTOMER, order.customer, order.currency)
        .add(refunds, total)
        .add(refundedTax, tax);
    for (String rule : order.rules) {
      sums.of(GroupKey.RULE, rule, order.currency).add(refunds, total).add(refundedTax, tax);
    }
  }

  private boolean readRefundsByDate(
      Instant from, Instant to, BiPredicate<GroupKey, Entry> consumer) {
    Instant start = from;
    while (start.isBefore(to)) {
      Set<RefundKey> refunds = new HashSet<>();
      Optional<Instant> last =
          readPortion(
              REFUNDS_BY_DATE, "refunded_at", start, to, row -> refunds.add(refundKey(row)));
      start = last.map(time -> time.plus(1, ChronoUnit.MICROS)).orElse(to);
      GroupSums sums = new GroupSums();
      List<UUID> ids = refunds.stream().map(RefundKey::order).distinct().toList();
      for (int i = 0; i < ids.size(); i += MAX_IDS) {
        addRefundsByDate(refunds, ids.subList(i, Math.min(i + MAX_IDS, ids.size())), sums);
      }
      if (!pass(sums, consumer)) {
        return false;
      }
    }
    return true;
  }

  private void addRefundsByDate(Set<RefundKey> refunds, List<UUID> ids, GroupSums sums) {
    queries.query(
        "read refunded orders for sales",
        handle -> {
          Map<UUID, OrderRow> orders = new LinkedHashMap<>();
          read(
              handle.createQuery(BY_ID).bind("ids", uuidArray(ids)),
              row -> orders.put(uuid(row, "id"), new OrderRow(row)));
          forEach(handle, REDEMPTIONS, orders, (order, row) -> order.rules.add(rule(row)));
          forEach(
              handle,
              REFUNDS,
              orders,
              (order, row) -> {
                if (refunds.contains(refundKey(row))) {
                  addRefund(sums, order, row, Column.REFUNDS_BY_DATE, Column.REFUNDED_TAX_BY_DATE);
                }
              });
          forEach(
              handle,
              REFUND_LINES,
              orders,
              (order, row) -> {
                if (refunds.contains(refundKey(row))) {
                  sums.of(GroupKey.SKU, row.getString("sku"), order.currency)
                      .add(Column.REFUNDS_BY_DATE, number(row, "amount"))
                      .add(Column.REFUNDED_TAX_BY_DATE, number(row, "tax"));
                }
              });
          return true;
        });
  }

  /** Adds a row of a table to the sums of its order. */
  private interface RowAdder {

    void add(OrderRow order, ResultSet row) throws SQLException;
  }

  private static void forEach(
      Handle handle, String sql, Map<UUID, OrderRow> orders, RowAdder adder) {
    Collection<UUID> ids = orders.keySet();
    read(
        handle.createQuery(sql).bind("ids", uuidArray(ids)),
        row -> {
          OrderRow order = orders.get(uuid(row, "order_id"));
          if (order != null) {
            adder.add(order, row);
          }
        });
  }

  private static void read(Query query, RowReader reader) {
    query
        .map((row, context) -> {
          reader.read(row);
          return true;
        })
        .forEach(read -> {});
  }

  private static RefundKey refundKey(ResultSet row) throws SQLException {
    return new RefundKey(uuid(row, "order_id"), row.getInt("version"));
  }

  private static String rule(ResultSet row) throws SQLException {
    return RuleId.of(uuid(row, "rule_id")).toString();
  }

  private static BigInteger number(ResultSet row, String column) throws SQLException {
    return BigInteger.valueOf(row.getLong(column));
  }

  private static BigInteger thousandths(ResultSet row) throws SQLException {
    return row.getBigDecimal("quantity").movePointRight(3).toBigIntegerExact();
  }
}
