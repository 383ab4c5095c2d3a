package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import kassa.domain.catalogue.Sku;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
import kassa.domain.order.OrderId;
import kassa.domain.order.Refund;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the refunds of an order with one statement. */
final class RefundReader {

  static final String BY_ORDER =
      """
      select
        r.version, r.refunded_at, r.actor, r.reason,
        r.adjustment_amount, r.shipping_amount, r.total, r.tax_total, r.shipping_tax, o.currency,
        l.sku, l.quantity, l.amount as line_amount, l.tax as line_tax
      from refunds r
      join orders o on o.id = r.order_id
      left join refund_lines l on l.order_id = r.order_id and l.version = r.version
      where r.order_id = :id
      order by r.version, l.position
      """;

  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  private record RefundRow(
      int version,
      Instant at,
      @Nullable String actor,
      @Nullable String reason,
      List<Refund.Line> lines,
      Money amount,
      Money shipping,
      Money total,
      Money tax,
      Money shippingTax) {

    static RefundRow of(ResultSet row) throws SQLException {
      Currency currency = CURRENCIES.parse(row.getString("currency"));
      return new RefundRow(
          row.getInt("version"),
          instant(row, "refunded_at"),
          row.getString("actor"),
          row.getString("reason"),
          new ArrayList<>(),
          new Money(row.getLong("adjustment_amount"), currency),
          new Money(row.getLong("shipping_amount"), currency),
          new Money(row.getLong("total"), currency),
          new Money(row.getLong("tax_total"), currency),
          new Money(row.getLong("shipping_tax"), currency));
    }

    Refund toRefund(OrderId order) {
      Refund refund =
          new Refund(version, at, actor, reason, lines, amount, shipping, tax, shippingTax);
      if (!refund.total().equals(total)) {
        throw new IllegalStateException(
            "a refund of order " + order + " is damaged in the database");
      }
      return refund;
    }
  }

  private RefundReader() {}

  /**
   * Reads the refunds, oldest first.
   *
   * @throws IllegalStateException if a refund is damaged; the message contains the order id
   */
  static List<Refund> find(Handle handle, OrderId id) {
    SequencedMap<Integer, RefundRow> found = new LinkedHashMap<>();
    handle
        .createQuery(BY_ORDER)
        .bind("id", id.value())
        .reduceResultSet(found, (refunds, row, context) -> withLine(refunds, row));
    return found.values().stream().map(refund -> refund.toRefund(id)).toList();
  }

  private static SequencedMap<Integer, RefundRow> withLine(
      SequencedMap<Integer, RefundRow> refunds, ResultSet row) throws SQLException {
    RefundRow read = RefundRow.of(row);
    RefundRow refund = refunds.computeIfAbsent(read.version(), version -> read);
    if (row.getString("sku") != null) {
      refund
          .lines()
          .add(
              new Refund.Line(
                  new Sku(row.getString("sku")),
                  row.getBigDecimal("quantity").movePointRight(3).longValueExact(),
                  new Money(row.getLong("line_amount"), refund.amount().currency()),
                  new Money(row.getLong("line_tax"), refund.amount().currency())));
    }
    return refunds;
  }
}
