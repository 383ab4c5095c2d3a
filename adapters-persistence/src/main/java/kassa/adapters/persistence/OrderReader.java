package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.SqlValues.uuid;
import static kassa.adapters.persistence.SqlValues.uuids;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads orders by two statements, however many they are: the orders with their metadata, and all
 * that belongs to them. The trace is not read with them.
 */
final class OrderReader {

  static final String BY_ID = orders("select * from orders where id = :id", "o.id");

  static final String BY_NUMBER = orders("select * from orders where number = :number", "o.id");

  /** Lines, each as often as it has discounts, and behind them what few orders have. */
  static final String PARTS =
      """
      select
        l.order_id, 1 as what, l.position as place, d.position as detail,
        l.sku, l.quantity, l.unit_price,
        l.list_price, l.on_sale, l.min_unit_price, l.tax_rate,
        l.subtotal, l.discount_total, l.tax_total, l.total, l.units,
        d.rule_id, d.rule_version, d.label, d.code, d.amount
      from order_lines l
      left join order_discounts d on d.order_id = l.order_id and d.line_position = l.position
      where l.order_id = any(cast(:ids as uuid array))
      union all
      select
        order_id, 2, line_position, 0,
        null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, tag, null, null
      from order_line_tags where order_id = any(cast(:ids as uuid array))
      union all
      select
        order_id, 3, position, 0,
        null, null, null, null, null, null, null, null, null, null, null, null,
        rule_id, rule_version, label, code, amount
      from order_shipping_discounts where order_id = any(cast(:ids as uuid array))
      union all
      select
        order_id, 4, position, 0,
        null, null, null, null, null, null, null, null, null, null, null, null,
        rule_id, null, reason, code, null
      from order_rejections where order_id = any(cast(:ids as uuid array))
      order by 1, 2, 3, 4
      """;

  private OrderReader() {}

  static Optional<Order> find(Handle handle, OrderId id) {
    return read(handle, handle.createQuery(BY_ID).bind("id", id.value())).stream().findFirst();
  }

  static Optional<Order> find(Handle handle, OrderNumber number) {
    return read(handle, handle.createQuery(BY_NUMBER).bind("number", number.value())).stream()
        .findFirst();
  }

  static List<Order> list(Handle handle, OrderSelection selection) {
    String sql = orders(selection.sql(), selection.order());
    return read(handle, selection.bind(handle.createQuery(sql)));
  }

  /**
   * Orders with their metadata.
   *
   * @param which a query for rows of orders
   * @param order what they are sorted by
   */
  static String orders(String which, String order) {
    return """
    select
      o.id, o.number, o.status, o.customer_id, o.version, o.currency, o.currency_digits,
      o.subtotal, o.discount_total, o.shipping_amount, o.shipping_method, o.shipping_total,
      o.tax_total, o.prices_include_tax, o.total, o.refunded_total,
      o.channel, o.customer_group, o.cancel_reason, o.placed_at, o.updated_at,
      m.name, m.content
    from (
    %s
    ) o
    left join order_metadata m on m.order_id = o.id
    order by %s
    """
        .formatted(which, order);
  }

  private static List<Order> read(Handle handle, Query query) {
    SequencedMap<UUID, StoredOrder> found = new LinkedHashMap<>();
    query.reduceResultSet(found, (orders, row, context) -> withOrder(orders, row));
    if (!found.isEmpty()) {
      handle
          .createQuery(PARTS)
          .bind("ids", uuids(found.keySet()))
          .reduceResultSet(found, (orders, row, context) -> withPart(orders, row));
    }
    return found.values().stream().map(StoredOrder::toOrder).toList();
  }

  private static SequencedMap<UUID, StoredOrder> withOrder(
      SequencedMap<UUID, StoredOrder> orders, ResultSet row) throws SQLException {
    UUID id = uuid(row, "id");
    StoredOrder order = orders.get(id);
    if (order == null) {
      order = new StoredOrder(OrderRow.of(row));
      orders.put(id, order);
    }
    if (row.getString("name") != null) {
      order.addMetadata(row.getString("name"), row.getString("content"));
    }
    return orders;
  }

  private static SequencedMap<UUID, StoredOrder> withPart(
      SequencedMap<UUID, StoredOrder> orders, ResultSet row) throws SQLException {
    StoredOrder order = requireNonNull(orders.get(uuid(row, "order_id")));
    switch (row.getInt("what")) {
      case 1 -> addLine(order, row);
      case 2 -> order.addTag(row.getInt("place"), row.getString("label"));
      case 3 -> order.addShippingDiscount(DiscountRow.of(row));
      default -> order.addRejection(RejectionRow.of(row));
    }
    return orders;
  }

  private static void addLine(StoredOrder order, ResultSet row) throws SQLException {
    order.addLine(LineRow.of(row));
    if (row.getString("label") != null) {
      order.addDiscount(DiscountRow.of(row));
    }
  }
}
