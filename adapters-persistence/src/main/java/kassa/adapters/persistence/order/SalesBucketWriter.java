package kassa.adapters.persistence.order;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.TableInsert;
import kassa.adapters.persistence.jdbc.TableInsert.Column;
import kassa.adapters.persistence.jdbc.TableInsert.ColumnType;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.domain.money.Money;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderContent;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.Refund;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a transaction adds to the sales sums of each quarter of an hour and currency. It
 * inserts new rows and updates none, so transactions do not wait for each other, and the sum of all
 * rows is exact as soon as they commit. See docs/decisions/0047.
 */
final class SalesBucketWriter {

  private static final TableInsert BUCKETS =
      TableInsert.into(
          "sales_buckets",
          new Column("quarter_hour", ColumnType.BIGINT),
          new Column("currency", ColumnType.VARCHAR),
          new Column("orders", ColumnType.BIGINT),
          new Column("units", ColumnType.NUMERIC),
          new Column("gross", ColumnType.NUMERIC),
          new Column("discounts", ColumnType.NUMERIC),
          new Column("net", ColumnType.NUMERIC),
          new Column("tax", ColumnType.NUMERIC),
          new Column("refunds", ColumnType.NUMERIC),
          new Column("refunded_tax", ColumnType.NUMERIC),
          new Column("refunds_by_date", ColumnType.NUMERIC),
          new Column("refunded_tax_by_date", ColumnType.NUMERIC));

  private static final long SECONDS = 900;

  /** Quarter of an hour since 1970, and currency. */
  private record Key(long quarterHour, String currency) {}

  /** Sums of one bucket. */
  private static final class Sums {

    private long orders;
    private BigDecimal units = BigDecimal.ZERO;
    private BigInteger gross = BigInteger.ZERO;
    private BigInteger discounts = BigInteger.ZERO;
    private BigInteger net = BigInteger.ZERO;
    private BigInteger tax = BigInteger.ZERO;
    private BigInteger refunds = BigInteger.ZERO;
    private BigInteger refundedTax = BigInteger.ZERO;
    private BigInteger refundsByDate = BigInteger.ZERO;
    private BigInteger refundedTaxByDate = BigInteger.ZERO;
  }

  private final Map<Key, Sums> buckets = new LinkedHashMap<>();

  private SalesBucketWriter() {}

  /** Adds orders that the batch inserts, with their later changes. */
  static void add(TableInsert.Batch batch, List<OrderInsert> inserts) {
    SalesBucketWriter writer = new SalesBucketWriter();
    for (OrderInsert insert : inserts) {
      OrderChange change = insert.laterChange();
      if (!isCancelled(change == null ? null : change.after())) {
        OrderContent content = insert.order().content();
        writer.addOrder(content, 1);
        writer.addRefunds(content, change == null ? List.of() : change.refunds(), 1);
      }
    }
    writer.addRows(batch);
  }

  /** Adds the change of an order: its refunds, or the order's removal if it is cancelled. */
  static void update(Handle handle, Dialect dialect, OrderChange change) {
    Order before = change.before();
    if (isCancelled(before)) {
      return;
    }
    SalesBucketWriter writer = new SalesBucketWriter();
    if (isCancelled(change.after())) {
      writer.addOrder(before.content(), -1);
      if (!before.refundedTotal().isZero()) {
        writer.addRefunds(before.content(), refundsBefore(handle, before), -1);
      }
    } else {
      writer.addRefunds(before.content(), change.refunds(), 1);
    }
    TableInsert.Batch batch = new TableInsert.Batch(handle, dialect);
    writer.addRows(batch);
    batch.execute();
  }

  private static List<Refund> refundsBefore(Handle handle, Order order) {
    return RefundReader.find(handle, order.id()).stream()
        .filter(refund -> refund.version() <= order.version())
        .toList();
  }

  private static boolean isCancelled(@Nullable Order order) {
    return order != null && order.status() == OrderStatus.CANCELLED;
  }

  private void addOrder(OrderContent content, int sign) {
    PricedCart price = content.price();
    Sums sums = sums(content.placedAt(), price);
    Money gross =
        price.shipping() == null
            ? price.subtotal()
            : price.subtotal().plus(price.shipping().shipping().amount());
    sums.orders += sign;
    for (PricedLine line : price.lines()) {
      sums.units =
          sums.units.add(line.line().quantity().toBigDecimal().multiply(BigDecimal.valueOf(sign)));
    }
    sums.gross = add(sums.gross, gross, sign);
    sums.discounts = add(sums.discounts, price.discountTotal(), sign);
    sums.net = add(sums.net, price.total().minus(price.taxTotal()), sign);
    sums.tax = add(sums.tax, price.taxTotal(), sign);
  }

  private void addRefunds(OrderContent content, List<Refund> refunds, int sign) {
    for (Refund refund : refunds) {
      Sums placed = sums(content.placedAt(), content.price());
      placed.refunds = add(placed.refunds, refund.total(), sign);
      placed.refundedTax = add(placed.refundedTax, refund.tax(), sign);
      Sums refunded = sums(refund.at(), content.price());
      refunded.refundsByDate = add(refunded.refundsByDate, refund.total(), sign);
      refunded.refundedTaxByDate = add(refunded.refundedTaxByDate, refund.tax(), sign);
    }
  }

  private Sums sums(Instant at, PricedCart price) {
    Key key =
        new Key(Math.floorDiv(at.getEpochSecond(), SECONDS), price.currency().getCurrencyCode());
    return buckets.computeIfAbsent(key, absent -> new Sums());
  }

  private static BigInteger add(BigInteger sum, Money amount, int sign) {
    return sum.add(BigInteger.valueOf(sign * amount.minorUnits()));
  }

  private void addRows(TableInsert.Batch batch) {
    TableInsert.Rows rows = batch.rows(BUCKETS);
    buckets.forEach((key, sums) ->
        rows.add(
            key.quarterHour(),
            key.currency(),
            sums.orders,
            sums.units,
            new BigDecimal(sums.gross),
            new BigDecimal(sums.discounts),
            new BigDecimal(sums.net),
            new BigDecimal(sums.tax),
            new BigDecimal(sums.refunds),
            new BigDecimal(sums.refundedTax),
            new BigDecimal(sums.refundsByDate),
            new BigDecimal(sums.refundedTaxByDate)));
  }
}
