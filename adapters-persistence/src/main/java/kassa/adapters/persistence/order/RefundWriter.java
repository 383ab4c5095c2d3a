package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.util.List;
import kassa.domain.money.Quantity;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderId;
import kassa.domain.order.Refund;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Inserts refunds, within the transaction that updates their orders. */
final class RefundWriter {

  private static final String INSERT_REFUND =
      """
      insert into refunds (
        order_id, version, refunded_at, actor, reason, adjustment_amount, shipping_amount, total,
        tax_total, shipping_tax)
      values (:order, :version, :at, :actor, :reason, :adjustment, :shipping, :total,
        :tax, :shippingTax)
      """;

  private static final String INSERT_LINE =
      """
      insert into refund_lines (order_id, version, position, sku, quantity, amount, tax)
      values (:order, :version, :position, :sku, :quantity, :amount, :tax)
      """;

  private RefundWriter() {}

  static void insert(Handle handle, List<OrderChange> changes) {
    PreparedBatch refunds = handle.prepareBatch(INSERT_REFUND);
    PreparedBatch lines = handle.prepareBatch(INSERT_LINE);
    for (OrderChange change : changes) {
      for (Refund refund : change.refunds()) {
        add(refunds, change.after().id(), refund);
        addLines(lines, change.after().id(), refund);
      }
    }
    executeBatch(refunds);
    executeBatch(lines);
  }

  private static void add(PreparedBatch batch, OrderId order, Refund refund) {
    batch
        .bind("order", order.value())
        .bind("version", refund.version())
        .bind("at", timestamp(refund.at()))
        .bind("actor", refund.actor())
        .bind("reason", refund.reason())
        .bind("adjustment", refund.amount().minorUnits())
        .bind("shipping", refund.shipping().minorUnits())
        .bind("total", refund.total().minorUnits())
        .bind("tax", refund.tax().minorUnits())
        .bind("shippingTax", refund.shippingTax().minorUnits())
        .add();
  }

  private static void addLines(PreparedBatch batch, OrderId order, Refund refund) {
    for (int position = 0; position < refund.lines().size(); position++) {
      Refund.Line line = refund.lines().get(position);
      batch
          .bind("order", order.value())
          .bind("version", refund.version())
          .bind("position", position)
          .bind("sku", line.sku().value())
          .bind("quantity", Quantity.toBigDecimal(line.thousandths()))
          .bind("amount", line.amount().minorUnits())
          .bind("tax", line.tax().minorUnits())
          .add();
    }
  }
}
