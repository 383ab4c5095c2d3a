package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.code;
import static kassa.adapters.persistence.jdbc.SqlValues.decimal;
import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.listOrNull;
import static kassa.adapters.persistence.jdbc.SqlValues.utc;
import static kassa.adapters.persistence.jdbc.SqlValues.utcOrNull;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import kassa.adapters.persistence.event.EventWriter;
import kassa.adapters.persistence.idempotency.JdbiIdempotencyStore;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.TableInsert;
import kassa.adapters.persistence.jdbc.TableInsert.Column;
import kassa.adapters.persistence.jdbc.TableInsert.ColumnType;
import kassa.application.idempotency.IdempotencyRecord;
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
import org.jspecify.annotations.Nullable;

/** Inserts orders. No other class inserts into their tables, so that no line lacks its order. */
final class OrderWriter {

  private static final Column[] ORDER_COLUMNS = {
    new Column("id", ColumnType.UUID),
    new Column("status", ColumnType.VARCHAR),
    new Column("customer_id", ColumnType.VARCHAR),
    new Column("version", ColumnType.INTEGER),
    new Column("currency", ColumnType.VARCHAR),
    new Column("currency_digits", ColumnType.INTEGER),
    new Column("subtotal", ColumnType.BIGINT),
    new Column("discount_total", ColumnType.BIGINT),
    new Column("shipping_amount", ColumnType.BIGINT),
    new Column("shipping_method", ColumnType.VARCHAR),
    new Column("shipping_total", ColumnType.BIGINT),
    new Column("shipping_tax_rate", ColumnType.NUMERIC),
    new Column("shipping_tax_total", ColumnType.BIGINT),
    new Column("tax_total", ColumnType.BIGINT),
    new Column("prices_include_tax", ColumnType.BOOLEAN),
    new Column("total", ColumnType.BIGINT),
    new Column("refunded_total", ColumnType.BIGINT),
    new Column("channel", ColumnType.VARCHAR),
    new Column("customer_group", ColumnType.VARCHAR),
    new Column("metadata_keys", ColumnType.VARCHAR_ARRAY),
    new Column("metadata_values", ColumnType.VARCHAR_ARRAY),
    new Column("rejected_codes", ColumnType.VARCHAR_ARRAY),
    new Column("rejected_rule_ids", ColumnType.UUID_ARRAY),
    new Column("rejection_reasons", ColumnType.VARCHAR_ARRAY),
    new Column("cancel_reason", ColumnType.VARCHAR),
    new Column("paid_at", ColumnType.TIMESTAMP),
    new Column("placed_at", ColumnType.TIMESTAMP),
    new Column("updated_at", ColumnType.TIMESTAMP),
    new Column("pricing_trace", ColumnType.VARCHAR)
  };

  private static final String NUMBER = "number";

  private static final TableInsert ORDERS = TableInsert.returning("orders", NUMBER, ORDER_COLUMNS);

  private static final TableInsert REHEARSED_ORDERS =
      TableInsert.withNumbers(
          "orders",
          Stream.concat(Stream.of(ORDER_COLUMNS), Stream.of(new Column(NUMBER, ColumnType.BIGINT)))
              .toArray(Column[]::new));

  private static final TableInsert LINES =
      TableInsert.into(
          "order_lines",
          new Column("order_id", ColumnType.UUID),
          new Column("position", ColumnType.INTEGER),
          new Column("sku", ColumnType.VARCHAR),
          new Column("quantity", ColumnType.NUMERIC),
          new Column("unit_price", ColumnType.NUMERIC),
          new Column("list_price", ColumnType.NUMERIC),
          new Column("on_sale", ColumnType.BOOLEAN),
          new Column("min_unit_price", ColumnType.NUMERIC),
          new Column("tax_rate", ColumnType.NUMERIC),
          new Column("subtotal", ColumnType.BIGINT),
          new Column("discount_total", ColumnType.BIGINT),
          new Column("tax_total", ColumnType.BIGINT),
          new Column("total", ColumnType.BIGINT),
          new Column("tags", ColumnType.VARCHAR_ARRAY),
          new Column("unit_ranges", ColumnType.VARCHAR),
          new Column("placed_at", ColumnType.TIMESTAMP),
          new Column("order_total_major", ColumnType.NUMERIC));

  private static final TableInsert DISCOUNTS =
      TableInsert.into(
          "order_discounts",
          new Column("order_id", ColumnType.UUID),
          new Column("line_position", ColumnType.INTEGER),
          new Column("position", ColumnType.INTEGER),
          new Column("rule_id", ColumnType.UUID),
          new Column("rule_version", ColumnType.INTEGER),
          new Column("label", ColumnType.VARCHAR),
          new Column("code", ColumnType.VARCHAR),
          new Column("amount", ColumnType.BIGINT));

  private OrderWriter() {}

  /**
   * Inserts orders in their current state, within a transaction. {@link
   * OrderUpdater#writeEventsAndRefunds} writes the changes of historical orders.
   *
   * @param records the idempotency records to insert with the orders
   * @return the generated order numbers, in the order of the parameter
   * @throws org.jdbi.v3.core.statement.StatementException if an order with one of the ids exists,
   *     or a record of one of the keys
   * @throws IllegalArgumentException if the prices of an order differ in whether they include tax,
   *     or its pricing trace does not match its discounts
   */
  static List<OrderNumber> insert(
      Handle handle, Dialect dialect, List<OrderInsert> inserts, List<IdempotencyRecord> records) {
    TableInsert.Batch batch = new TableInsert.Batch(handle, dialect);
    JdbiIdempotencyStore.add(batch, records);
    return write(batch, ORDERS, inserts, null).generated().stream().map(OrderNumber::new).toList();
  }

  /**
   * Inserts orders as {@link #insert} does, but under numbers below zero: a rollback would not give
   * numbers back that the database generated. The transaction must be rolled back.
   *
   * @param numbers different numbers, above zero
   */
  static void rehearse(
      Handle handle, Dialect dialect, List<OrderInsert> inserts, List<OrderNumber> numbers) {
    write(new TableInsert.Batch(handle, dialect), REHEARSED_ORDERS, inserts, numbers);
  }

  /**
   * Inserts orders.
   *
   * @param numbers {@code null} if the database generates them
   * @return the inserted rows of the table of orders
   */
  private static TableInsert.Rows write(
      TableInsert.Batch batch,
      TableInsert table,
      List<OrderInsert> inserts,
      @Nullable List<OrderNumber> numbers) {
    List<NewOrder> orders = inserts.stream().map(OrderInsert::order).toList();
    orders.forEach(order -> requireUniformTaxMode(order.price()));
    List<@Nullable String> traces = new ArrayList<>();
    orders.forEach(order -> traces.add(PricingTraceWriter.format(order)));
    TableInsert.Rows orderRows = batch.rows(table);
    for (int i = 0; i < inserts.size(); i++) {
      @Nullable Object[] row = toRow(inserts.get(i), traces.get(i));
      orderRows.add(numbers == null ? row : withNumber(row, numbers.get(i)));
    }
    TableInsert.Rows lines = batch.rows(LINES);
    orders.forEach(order -> addLines(lines, order));
    TableInsert.Rows discounts = batch.rows(DISCOUNTS);
    orders.forEach(order -> addDiscounts(discounts, order));
    PricingTraceWriter.add(batch, orders, traces);
    SalesBucketWriter.add(batch, inserts);
    EventWriter.addPlaced(batch, inserts);
    batch.execute();
    return orderRows;
  }

  private static @Nullable Object[] withNumber(@Nullable Object[] row, OrderNumber number) {
    @Nullable Object[] longer = Arrays.copyOf(row, row.length + 1);
    longer[row.length] = -number.value();
    return longer;
  }

  /** The values of {@link #ORDER_COLUMNS}. */
  private static @Nullable Object[] toRow(OrderInsert insert, @Nullable String trace) {
    OrderChange change = insert.laterChange();
    Order current = change == null ? null : change.after();
    NewOrder order = insert.order();
    PricedCart price = order.price();
    PricedShipping shipping = price.shipping();
    List<Rejection> rejected = order.rejected();
    return new @Nullable Object[] {
      order.id().value(),
      enumName(current == null ? OrderStatus.PLACED : current.status()),
      order.customer() == null ? null : order.customer().value(),
      current == null ? 1 : current.version(),
      price.currency().getCurrencyCode(),
      price.currency().getDefaultFractionDigits(),
      price.subtotal().minorUnits(),
      price.discountTotal().minorUnits(),
      shipping == null ? null : minorUnits(shipping.shipping().amount()),
      shipping == null ? null : shipping.shipping().method(),
      shipping == null ? null : minorUnits(shipping.total()),
      shipping == null ? null : decimal(shipping.shipping().taxRate()),
      shipping == null ? 0L : minorUnits(shipping.taxTotal()),
      price.taxTotal().minorUnits(),
      price.pricesIncludeTax(),
      price.total().minorUnits(),
      current == null ? 0L : minorUnits(current.refundedTotal()),
      order.context().channel(),
      order.context().customerGroup(),
      listOrNull(order.metadata().entries().keySet(), content -> content),
      listOrNull(order.metadata().entries().values(), content -> content),
      listOrNull(rejected, each -> code(each.code())),
      listOrNull(rejected, OrderWriter::rule),
      listOrNull(rejected, each -> enumName(each.reason())),
      current == null ? null : current.cancelReason(),
      change == null ? null : utcOrNull(OrderUpdater.paidAt(change)),
      utc(order.placedAt()),
      utc(current == null ? order.arrivedAt() : current.updatedAt()),
      trace == null || !PricingTraceWriter.isShort(trace) ? null : trace
    };
  }

  private static void addLines(TableInsert.Rows rows, NewOrder order) {
    List<PricedLine> lines = order.price().lines();
    BigDecimal orderTotal = order.price().total().toBigDecimal();
    OffsetDateTime placedAt = utc(order.placedAt());
    for (int position = 0; position < lines.size(); position++) {
      PricedLine line = lines.get(position);
      rows.add(
          order.id().value(),
          position,
          line.line().sku().value(),
          decimal(line.line().quantity()),
          decimal(line.line().unitPrice()),
          decimal(line.line().listPrice()),
          line.line().onSale(),
          decimal(line.line().minUnitPrice()),
          decimal(line.line().taxRate()),
          line.subtotal().minorUnits(),
          line.discountTotal().minorUnits(),
          line.taxTotal().minorUnits(),
          line.total().minorUnits(),
          listOrNull(line.line().tags(), Tag::value),
          UnitsColumn.format(line.units()),
          placedAt,
          orderTotal);
    }
  }

  private static void addDiscounts(TableInsert.Rows rows, NewOrder order) {
    List<PricedLine> lines = order.price().lines();
    for (int line = 0; line < lines.size(); line++) {
      addDiscounts(rows, order, line, lines.get(line).discounts());
    }
    PricedShipping shipping = order.price().shipping();
    if (shipping != null) {
      addDiscounts(rows, order, RuleDiscountShare.SHIPPING_POSITION, shipping.discounts());
    }
  }

  private static void addDiscounts(
      TableInsert.Rows rows, NewOrder order, int line, List<Discount> discounts) {
    for (int position = 0; position < discounts.size(); position++) {
      Discount discount = discounts.get(position);
      rows.add(
          order.id().value(),
          line,
          position,
          discount.rule().toUuid(),
          discount.ruleVersion(),
          discount.label(),
          code(discount.code()),
          discount.amount().minorUnits());
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
