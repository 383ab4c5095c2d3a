package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.uuid;
import static kassa.adapters.persistence.jdbc.SqlValues.uuidArray;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import kassa.adapters.persistence.order.search.OrderSearchQuery;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads any number of orders with two statements: one for the orders, and one for their lines with
 * discounts. Pricing traces are read separately.
 */
public final class OrderReader {

  public static final String BY_ID = "select * from orders where id = :id";

  public static final String BY_NUMBER = "select * from orders where number = :number";

  /** Discounts on shipping first, then the lines; a line is repeated for each of its discounts. */
  public static final String LINES_AND_DISCOUNTS =
      """
      select
        l.order_id, l.position as line_position, d.position as discount_position,
        l.sku, l.quantity, l.unit_price,
        l.list_price, l.on_sale, l.min_unit_price, l.tax_rate,
        l.subtotal, l.discount_total, l.tax_total, l.total, l.tags, l.unit_ranges,
        d.rule_id, d.rule_version, d.label, d.code, d.amount
      from order_lines l
      left join order_discounts d on d.order_id = l.order_id and d.line_position = l.position
      where l.order_id = any(cast(:ids as uuid array))
      union all
      select
        o.id, d.line_position, d.position,
        null, null, null, null, null, null, null, null, null, null, null, null, null,
        d.rule_id, d.rule_version, d.label, d.code, d.amount
      from orders o
      join order_discounts d on d.order_id = o.id and d.line_position = -1
      where o.id = any(cast(:ids as uuid array))
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

  public static List<Order> list(Handle handle, OrderSearchQuery search) {
    return read(handle, search.bind(handle.createQuery(search.sql())));
  }

  private static List<Order> read(Handle handle, Query query) {
    SequencedMap<UUID, OrderAssembler> found = new LinkedHashMap<>();
    query
        .map((row, context) -> OrderRow.of(row))
        .forEach(order -> found.put(order.id(), new OrderAssembler(order)));
    if (!found.isEmpty()) {
      handle
          .createQuery(LINES_AND_DISCOUNTS)
          .bind("ids", uuidArray(found.keySet()))
          .reduceResultSet(found, (orders, row, context) -> addRow(orders, row));
    }
    return found.values().stream().map(OrderAssembler::toOrder).toList();
  }

  private static SequencedMap<UUID, OrderAssembler> addRow(
      SequencedMap<UUID, OrderAssembler> orders, ResultSet row) throws SQLException {
    OrderAssembler order = requireNonNull(orders.get(uuid(row, "order_id")));
    if (row.getInt("line_position") == RuleDiscountShare.SHIPPING_POSITION) {
      order.addShippingDiscount(OrderDiscountRow.of(row));
    } else {
      order.addLine(OrderLineRow.of(row));
      if (row.getString("label") != null) {
        order.addDiscount(OrderDiscountRow.of(row));
      }
    }
    return orders;
  }
}
