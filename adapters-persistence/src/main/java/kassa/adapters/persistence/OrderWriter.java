package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.utc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import kassa.domain.money.Quantity;
import kassa.domain.money.UnitPrice;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderStatus;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;

/** Writes orders: the only class that does, so that no line is without its order. */
final class OrderWriter {

  private static final String ORDER =
      """
      insert into orders (
        id, status, customer_id, version, currency, currency_digits,
        subtotal, discount_total, total, refunded_total, placed_at, updated_at)
      values (
        :id, :status, :customer, 1, :currency, :digits,
        :subtotal, :discountTotal, :total, 0, :placedAt, :placedAt)
      """;

  private static final String LINE =
      """
      insert into order_lines (
        order_id, position, sku, quantity, unit_price, subtotal, discount_total, total)
      values (
        :order, :position, :sku, :quantity, :unitPrice, :subtotal, :discountTotal, :total)
      """;

  private static final String DISCOUNT =
      """
      insert into order_discounts (
        order_id, line_position, position, rule_id, rule_version, label, amount)
      values (:order, :line, :position, :rule, :ruleVersion, :label, :amount)
      """;

  private static final String METADATA =
      "insert into order_metadata (order_id, name, content) values (:order, :name, :content)";

  private static final Set<String> TAKEN = Set.of("23505");

  private OrderWriter() {}

  /**
   * Writes an order, within a transaction.
   *
   * @return the number that the database gave it
   * @throws IllegalStateException if there is an order of this id already
   */
  static OrderNumber insert(Handle handle, NewOrder order) {
    OrderNumber number = insertOrder(handle, order);
    insertLines(handle, order);
    insertDiscounts(handle, order);
    insertMetadata(handle, order);
    return number;
  }

  private static OrderNumber insertOrder(Handle handle, NewOrder order) {
    PricedCart price = order.price();
    try {
      return handle
          .createUpdate(ORDER)
          .bind("id", order.id().value())
          .bind("status", OrderStatus.PLACED.name().toLowerCase(Locale.ROOT))
          .bind("customer", order.customer() == null ? null : order.customer().value())
          .bind("currency", price.currency().getCurrencyCode())
          .bind("digits", price.currency().getDefaultFractionDigits())
          .bind("subtotal", price.subtotal().minorUnits())
          .bind("discountTotal", price.discountTotal().minorUnits())
          .bind("total", price.total().minorUnits())
          .bind("placedAt", utc(order.placedAt()))
          .executeAndReturnGeneratedKeys("number")
          .map((row, context) -> new OrderNumber(row.getLong(1)))
          .one();
    } catch (StatementException refused) {
      if (Outages.hasState(refused, TAKEN)) {
        throw new IllegalStateException("there is an order " + order.id() + " already", refused);
      }
      throw refused;
    }
  }

  private static void insertLines(Handle handle, NewOrder order) {
    PreparedBatch batch = handle.prepareBatch(LINE);
    List<PricedLine> lines = order.price().lines();
    for (int position = 0; position < lines.size(); position++) {
      PricedLine line = lines.get(position);
      batch
          .bind("order", order.id().value())
          .bind("position", position)
          .bind("sku", line.line().sku().value())
          .bind("quantity", decimal(line.line().quantity()))
          .bind("unitPrice", decimal(line.line().unitPrice()))
          .bind("subtotal", line.subtotal().minorUnits())
          .bind("discountTotal", line.discountTotal().minorUnits())
          .bind("total", line.total().minorUnits())
          .add();
    }
    execute(batch);
  }

  private static void insertDiscounts(Handle handle, NewOrder order) {
    PreparedBatch batch = handle.prepareBatch(DISCOUNT);
    List<PricedLine> lines = order.price().lines();
    for (int line = 0; line < lines.size(); line++) {
      addDiscounts(batch, order.id().value(), line, lines.get(line).discounts());
    }
    execute(batch);
  }

  private static void addDiscounts(
      PreparedBatch batch, UUID order, int line, List<Discount> discounts) {
    for (int position = 0; position < discounts.size(); position++) {
      Discount discount = discounts.get(position);
      batch
          .bind("order", order)
          .bind("line", line)
          .bind("position", position)
          .bind("rule", discount.rule().value())
          .bind("ruleVersion", discount.ruleVersion())
          .bind("label", discount.label())
          .bind("amount", discount.amount().minorUnits())
          .add();
    }
  }

  private static void insertMetadata(Handle handle, NewOrder order) {
    PreparedBatch batch = handle.prepareBatch(METADATA);
    order
        .metadata()
        .entries()
        .forEach((name, content) ->
            batch
                .bind("order", order.id().value())
                .bind("name", name)
                .bind("content", content)
                .add());
    execute(batch);
  }

  private static void execute(PreparedBatch batch) {
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  private static BigDecimal decimal(Quantity quantity) {
    return BigDecimal.valueOf(quantity.thousandths(), Quantity.PLACES);
  }

  private static BigDecimal decimal(UnitPrice price) {
    return BigDecimal.valueOf(price.micros(), UnitPrice.PLACES);
  }
}
