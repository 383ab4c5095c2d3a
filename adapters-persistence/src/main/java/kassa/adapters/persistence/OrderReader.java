package kassa.adapters.persistence;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.SqlValues.utc;
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
import kassa.domain.order.OrderPosition;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads orders by three statements, however many they are: the orders with their metadata, the
 * lines with their discounts, and what few orders have. The trace is not read with them.
 */
final class OrderReader {

  static final String BY_ID = orders("where id = :id");

  static final String BY_NUMBER = orders("where number = :number");

  static final String NEWEST =
      orders("order by placed_at desc, id desc fetch first :limit rows only");

  static final String NEWEST_AFTER =
      orders(
          """
          where (placed_at, id) < (:placedAt, :id)
          order by placed_at desc, id desc
          fetch first :limit rows only
          """);

  static final String LINES =
      """
      select
        l.order_id, l.position, l.sku, l.quantity, l.unit_price,
        l.list_price, l.on_sale, l.min_unit_price, l.tax_rate,
        l.subtotal, l.discount_total, l.tax_total, l.total, l.units,
        d.rule_id, d.rule_version, d.label, d.code, d.amount
      from order_lines l
      left join order_discounts d on d.order_id = l.order_id and d.line_position = l.position
      where l.order_id = any(cast(:ids as uuid array))
      order by l.order_id, l.position, d.position
      """;

  /** What few orders have, together: tags of lines, discounts on shipping, and rejections. */
  static final String EXTRAS =
      """
      select
        order_id, 'tag' as what, line_position as position,
        cast(null as uuid) as rule_id, 0 as rule_version, tag as label,
        cast(null as varchar) as code, cast(0 as bigint) as amount
      from order_line_tags where order_id = any(cast(:ids as uuid array))
      union all
      select order_id, 'shipping', position, rule_id, rule_version, label, code, amount
      from order_shipping_discounts where order_id = any(cast(:ids as uuid array))
      union all
      select order_id, 'rejection', position, rule_id, 0, reason, code, 0
      from order_rejections where order_id = any(cast(:ids as uuid array))
      order by 1, 2, 3
      """;

  private OrderReader() {}

  static Optional<Order> find(Handle handle, OrderId id) {
    return read(handle, handle.createQuery(BY_ID).bind("id", id.value())).stream().findFirst();
  }

  static Optional<Order> find(Handle handle, OrderNumber number) {
    return read(handle, handle.createQuery(BY_NUMBER).bind("number", number.value())).stream()
        .findFirst();
  }

  static List<Order> newestFirst(Handle handle, @Nullable OrderPosition after, int limit) {
    Query query =
        after == null
            ? handle.createQuery(NEWEST)
            : handle
                .createQuery(NEWEST_AFTER)
                .bind("placedAt", utc(after.placedAt()))
                .bind("id", after.id().value());
    return read(handle, query.bind("limit", limit));
  }

  private static String orders(String which) {
    return """
    select
      o.id, o.number, o.status, o.customer_id, o.version, o.currency, o.currency_digits,
      o.subtotal, o.discount_total, o.shipping_amount, o.shipping_method, o.shipping_total,
      o.tax_total, o.prices_include_tax, o.total, o.refunded_total,
      o.channel, o.customer_group, o.cancel_reason, o.placed_at, o.updated_at,
      m.name, m.content
    from (select * from orders %s) o
    left join order_metadata m on m.order_id = o.id
    order by o.placed_at desc, o.id desc
    """
        .formatted(which);
  }

  private static List<Order> read(Handle handle, Query query) {
    SequencedMap<UUID, StoredOrder> found = new LinkedHashMap<>();
    query.reduceResultSet(found, (orders, row, context) -> withOrder(orders, row));
    if (!found.isEmpty()) {
      handle
          .createQuery(LINES)
          .bind("ids", uuids(found.keySet()))
          .reduceResultSet(found, (orders, row, context) -> withLine(orders, row));
      handle
          .createQuery(EXTRAS)
          .bind("ids", uuids(found.keySet()))
          .reduceResultSet(found, (orders, row, context) -> withExtra(orders, row));
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

  private static SequencedMap<UUID, StoredOrder> withLine(
      SequencedMap<UUID, StoredOrder> orders, ResultSet row) throws SQLException {
    StoredOrder order = requireNonNull(orders.get(uuid(row, "order_id")));
    order.addLine(LineRow.of(row));
    if (row.getString("label") != null) {
      order.addDiscount(DiscountRow.of(row));
    }
    return orders;
  }

  private static SequencedMap<UUID, StoredOrder> withExtra(
      SequencedMap<UUID, StoredOrder> orders, ResultSet row) throws SQLException {
    StoredOrder order = requireNonNull(orders.get(uuid(row, "order_id")));
    switch (row.getString("what")) {
      case "tag" -> order.addTag(row.getInt("position"), row.getString("label"));
      case "shipping" -> order.addShippingDiscount(DiscountRow.of(row));
      default -> order.addRejection(RejectionRow.of(row));
    }
    return orders;
  }
}
