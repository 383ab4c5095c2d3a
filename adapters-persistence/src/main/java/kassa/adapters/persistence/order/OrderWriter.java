package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.arrayOrNull;
import static kassa.adapters.persistence.jdbc.SqlValues.code;
import static kassa.adapters.persistence.jdbc.SqlValues.decimal;
import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.executeLargeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableTimestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import kassa.adapters.persistence.jdbc.SqlExceptionTranslator;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.domain.catalogue.Tag;
import kassa.domain.money.Money;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderStatus;
import kassa.domain.pricing.Discount;
import kassa.domain.pricing.PricedCart;
import kassa.domain.pricing.PricedLine;
import kassa.domain.pricing.PricedShipping;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.Tax;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;

/** Inserts orders. No other class inserts into their tables, so that no line lacks its order. */
final class OrderWriter {

  private static final String INSERT_ORDER =
      """
      insert into orders (
        id, status, customer_id, version, currency, currency_digits,
        subtotal, discount_total, shipping_amount, shipping_method, shipping_total,
        shipping_tax_rate, shipping_tax_total,
        tax_total, prices_include_tax, total, refunded_total,
        channel, customer_group, metadata_keys, metadata_values,
        rejected_codes, rejected_rule_ids, rejection_reasons, cancel_reason, paid_at, placed_at,
        updated_at)
      values (
        :id, :status, :customer, :version, :currency, :digits,
        :subtotal, :discountTotal, :shippingAmount, :shippingMethod, :shippingTotal,
        :shippingTaxRate, :shippingTaxTotal,
        :taxTotal, :pricesIncludeTax, :total, :refundedTotal,
        :channel, :customerGroup, :metadataKeys, :metadataValues,
        :rejectedCodes, :rejectedRuleIds, :rejectionReasons, :cancelReason, :paidAt, :placedAt,
        :updatedAt)
      """;

  private static final String INSERT_LINE =
      """
      insert into order_lines (
        order_id, position, sku, quantity, unit_price, list_price, on_sale, min_unit_price,
        tax_rate, subtotal, discount_total, tax_total, total, tags, unit_ranges,
        placed_at, order_total_major)
      values (
        :order, :position, :sku, :quantity, :unitPrice, :listPrice, :onSale, :minUnitPrice,
        :taxRate, :subtotal, :discountTotal, :taxTotal, :total, :tags, :unitRanges,
        :placedAt, :orderTotal)
      """;

  private static final String INSERT_DISCOUNT =
      """
      insert into order_discounts (
        order_id, line_position, position, rule_id, rule_version, label, code, amount)
      values (:order, :line, :position, :rule, :ruleVersion, :label, :code, :amount)
      """;

  private OrderWriter() {}

  /**
   * Inserts orders in their current state, within a transaction. {@link
   * OrderUpdater#writeEventsAndRefunds} writes the changes of historical orders.
   *
   * @return the generated order numbers, in the order of the parameter
   * @throws IllegalStateException if an order with one of the ids exists
   * @throws IllegalArgumentException if the prices of an order differ in whether they include tax,
   *     or its pricing trace does not match its discounts
   */
  static List<OrderNumber> insert(Handle handle, List<OrderInsert> inserts) {
    List<NewOrder> orders = inserts.stream().map(OrderInsert::order).toList();
    orders.forEach(order -> requireUniformTaxMode(order.price()));
    List<OrderNumber> numbers = insertOrders(handle, inserts);
    insert(handle, INSERT_LINE, orders, OrderWriter::addLines);
    insert(handle, INSERT_DISCOUNT, orders, OrderWriter::addDiscounts);
    PricingTraceWriter.insert(handle, orders);
    SalesBucketWriter.insert(handle, inserts);
    return numbers;
  }

  /** Inserts the rows of all orders in one table, with one statement. */
  private static void insert(
      Handle handle, String sql, List<NewOrder> orders, BiConsumer<PreparedBatch, NewOrder> add) {
    PreparedBatch batch = handle.prepareBatch(sql);
    orders.forEach(order -> add.accept(batch, order));
    executeBatch(batch);
  }

  private static List<OrderNumber> insertOrders(Handle handle, List<OrderInsert> inserts) {
    PreparedBatch batch = handle.prepareBatch(INSERT_ORDER);
    inserts.forEach(insert -> {
      bindState(batch, insert);
      addOrder(batch, insert.order());
    });
    try {
      return batch
          .executePreparedBatch("number")
          .map((row, context) -> new OrderNumber(row.getLong(1)))
          .list();
    } catch (StatementException failure) {
      if (SqlExceptionTranslator.isUniqueViolation(failure)) {
        throw new IllegalStateException(
            "an order with one of these ids already exists: "
                + inserts.stream().map(each -> each.order().id()).limit(10).toList(),
            failure);
      }
      throw failure;
    }
  }

  private static void bindState(PreparedBatch batch, OrderInsert insert) {
    OrderChange change = insert.laterChange();
    Order current = change == null ? null : change.after();
    batch
        .bind("status", enumName(current == null ? OrderStatus.PLACED : current.status()))
        .bind("version", current == null ? 1 : current.version())
        .bind("refundedTotal", current == null ? 0 : current.refundedTotal().minorUnits())
        .bind("cancelReason", current == null ? null : current.cancelReason())
        .bind("paidAt", nullableTimestamp(change == null ? null : OrderUpdater.paidAt(change)))
        .bind(
            "updatedAt",
            timestamp(current == null ? insert.order().arrivedAt() : current.updatedAt()));
  }

  private static void addOrder(PreparedBatch batch, NewOrder order) {
    PricedCart price = order.price();
    PricedShipping shipping = price.shipping();
    List<Rejection> rejected = order.rejected();
    batch
        .bind("id", order.id().value())
        .bind("customer", order.customer() == null ? null : order.customer().value())
        .bind("currency", price.currency().getCurrencyCode())
        .bind("digits", price.currency().getDefaultFractionDigits())
        .bind("subtotal", price.subtotal().minorUnits())
        .bind("discountTotal", price.discountTotal().minorUnits())
        .bind("shippingAmount", shipping == null ? null : minorUnits(shipping.shipping().amount()))
        .bind("shippingMethod", shipping == null ? null : shipping.shipping().method())
        .bind("shippingTotal", shipping == null ? null : minorUnits(shipping.total()))
        .bind("shippingTaxRate", shipping == null ? null : decimal(shipping.shipping().taxRate()))
        .bind("shippingTaxTotal", shipping == null ? 0 : shipping.taxTotal().minorUnits())
        .bind("taxTotal", price.taxTotal().minorUnits())
        .bind("pricesIncludeTax", price.pricesIncludeTax())
        .bind("total", price.total().minorUnits())
        .bind("channel", order.context().channel())
        .bind("customerGroup", order.context().customerGroup())
        .bind(
            "metadataKeys",
            arrayOrNull("varchar", order.metadata().entries().keySet(), content -> content))
        .bind(
            "metadataValues",
            arrayOrNull("varchar", order.metadata().entries().values(), content -> content))
        .bind("rejectedCodes", arrayOrNull("varchar", rejected, each -> code(each.code())))
        .bind("rejectedRuleIds", arrayOrNull("uuid", rejected, OrderWriter::rule))
        .bind("rejectionReasons", arrayOrNull("varchar", rejected, each -> enumName(each.reason())))
        .bind("placedAt", timestamp(order.placedAt()))
        .add();
  }

  private static void addLines(PreparedBatch batch, NewOrder order) {
    List<PricedLine> lines = order.price().lines();
    BigDecimal orderTotal = order.price().total().toBigDecimal();
    for (int position = 0; position < lines.size(); position++) {
      PricedLine line = lines.get(position);
      batch
          .bind("order", order.id().value())
          .bind("position", position)
          .bind("sku", line.line().sku().value())
          .bind("quantity", decimal(line.line().quantity()))
          .bind("unitPrice", decimal(line.line().unitPrice()))
          .bind("listPrice", decimal(line.line().listPrice()))
          .bind("onSale", line.line().onSale())
          .bind("minUnitPrice", decimal(line.line().minUnitPrice()))
          .bind("taxRate", decimal(line.line().taxRate()))
          .bind("subtotal", line.subtotal().minorUnits())
          .bind("discountTotal", line.discountTotal().minorUnits())
          .bind("taxTotal", line.taxTotal().minorUnits())
          .bind("total", line.total().minorUnits())
          .bind("tags", arrayOrNull("varchar", line.line().tags(), Tag::value))
          .bind("unitRanges", UnitsColumn.format(line.units()))
          .bind("placedAt", timestamp(order.placedAt()))
          .bind("orderTotal", orderTotal)
          .add();
      executeLargeBatch(batch);
    }
  }

  private static void addDiscounts(PreparedBatch batch, NewOrder order) {
    List<PricedLine> lines = order.price().lines();
    for (int line = 0; line < lines.size(); line++) {
      addDiscounts(batch, order, line, lines.get(line).discounts());
    }
    PricedShipping shipping = order.price().shipping();
    if (shipping != null) {
      addDiscounts(batch, order, RuleDiscountShare.SHIPPING_POSITION, shipping.discounts());
    }
  }

  private static void addDiscounts(
      PreparedBatch batch, NewOrder order, int line, List<Discount> discounts) {
    for (int position = 0; position < discounts.size(); position++) {
      Discount discount = discounts.get(position);
      batch
          .bind("order", order.id().value())
          .bind("line", line)
          .bind("position", position)
          .bind("rule", discount.rule().toUuid())
          .bind("ruleVersion", discount.ruleVersion())
          .bind("label", discount.label())
          .bind("code", code(discount.code()))
          .bind("amount", discount.amount().minorUnits())
          .add();
      executeLargeBatch(batch);
    }
  }

  /** The order has one column for whether its prices include tax. */
  private static void requireUniformTaxMode(PricedCart price) {
    for (PricedLine line : price.lines()) {
      requireTaxMode(line.tax(), price.pricesIncludeTax());
    }
    if (price.shipping() != null) {
      requireTaxMode(price.shipping().tax(), price.pricesIncludeTax());
    }
  }

  private static void requireTaxMode(Tax tax, boolean included) {
    if (tax.isIncluded() != included) {
      throw new IllegalArgumentException(
          "the prices of an order must all include tax or all exclude it");
    }
  }

  private static @Nullable UUID rule(Rejection rejection) {
    return rejection.rule() == null ? null : rejection.rule().toUuid();
  }

  private static Long minorUnits(Money amount) {
    return amount.minorUnits();
  }
}
