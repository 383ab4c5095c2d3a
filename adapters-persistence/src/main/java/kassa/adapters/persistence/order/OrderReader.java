package kassa.adapters.persistence.order;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.uuidArray;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.ColumnCursor;
import kassa.adapters.persistence.jdbc.PlainJdbc;
import kassa.adapters.persistence.order.search.OrderSearchQuery;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads one order with one statement, and any number of orders with two: one for the orders, and
 * one for their lines with discounts. Pricing traces are read separately.
 */
public final class OrderReader {

  public static final String BY_ID = oneOrder("o.id = ?", "?");

  public static final String BY_NUMBER =
      oneOrder("o.number = ?", "(select n.id from orders n where n.number = ?)");

  /** Discounts on shipping first, then the lines; a line is repeated for each of its discounts. */
  public static final String LINES_AND_DISCOUNTS =
      """
      select l.position, d.position, %1$s, %2$s, l.order_id
      from order_lines l
      left join order_discounts d on d.order_id = l.order_id and d.line_position = l.position
      where l.order_id = any(cast(:ids as uuid array))
      union all
      select d.line_position, d.position, %3$s, %2$s, o.id
      from orders o
      join order_discounts d on d.order_id = o.id and d.line_position = -1
      where o.id = any(cast(:ids as uuid array))
      order by %4$s, 1, 2
      """
          .formatted(
              OrderLineRow.COLUMNS,
              OrderDiscountRow.COLUMNS,
              nulls(OrderLineRow.COLUMNS),
              Columns.ORDER);

  /** The position of the row of the order, before shipping and the lines. */
  private static final int ORDER_POSITION = -2;

  /** Indexes of the first columns of each part. */
  private static final class Columns {
    static final int LINE = 3;
    static final int DISCOUNT = LINE + count(OrderLineRow.COLUMNS);
    static final int ORDER = DISCOUNT + count(OrderDiscountRow.COLUMNS);
  }

  private OrderReader() {}

  /** Selects the row of one order, and its rows as {@link #LINES_AND_DISCOUNTS} does. */
  private static String oneOrder(String condition, String id) {
    return """
    select l.position, d.position, %1$s, %2$s, %3$s
    from order_lines l
    left join order_discounts d on d.order_id = l.order_id and d.line_position = l.position
    where l.order_id = %7$s
    union all
    select -2, null, %4$s, %5$s, %6$s
    from orders o where %8$s
    union all
    select d.line_position, d.position, %4$s, %2$s, %3$s
    from order_discounts d where d.order_id = %7$s and d.line_position = -1
    order by 1, 2
    """
        .formatted(
            OrderLineRow.COLUMNS,
            OrderDiscountRow.COLUMNS,
            nulls(OrderRow.COLUMNS),
            nulls(OrderLineRow.COLUMNS),
            nulls(OrderDiscountRow.COLUMNS),
            OrderRow.COLUMNS,
            id,
            condition);
  }

  private static int count(String columns) {
    return columns.split(",").length;
  }

  private static String nulls(String columns) {
    return String.join(", ", Collections.nCopies(count(columns), "null"));
  }

  static Optional<Order> find(Handle handle, OrderId id) {
    return find(handle, BY_ID, id.value());
  }

  static Optional<Order> find(Handle handle, OrderNumber number) {
    return find(handle, BY_NUMBER, number.value());
  }

  private static Optional<Order> find(Handle handle, String sql, Object key) {
    OrderAssembler order =
        PlainJdbc.query(
            handle,
            sql,
            statement -> {
              for (int i = 1; i <= 3; i++) {
                statement.setObject(i, key);
              }
              return readOne(statement);
            });
    return Optional.ofNullable(order).map(OrderAssembler::toOrder);
  }

  private static @Nullable OrderAssembler readOne(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next() || row.getInt(1) != ORDER_POSITION) {
        return null;
      }
      OrderAssembler order = new OrderAssembler(OrderRow.of(new ColumnCursor(row, Columns.ORDER)));
      while (row.next()) {
        add(order, row);
      }
      return order;
    }
  }

  public static List<Order> list(Handle handle, OrderSearchQuery search) {
    SequencedMap<UUID, OrderAssembler> found = findPage(handle, search);
    for (Optional<OrderSearchQuery> wider = search.wider();
        found.size() < search.limit() && wider.isPresent();
        wider = wider.get().wider()) {
      found = findPage(handle, wider.get());
    }
    return assemble(handle, found);
  }

  private static SequencedMap<UUID, OrderAssembler> findPage(
      Handle handle, OrderSearchQuery search) {
    return search
        .bind(handle.createQuery(search.sql(OrderRow.COLUMNS)))
        .scanResultSet((rows, context) -> orders(rows.get()));
  }

  private static List<Order> assemble(Handle handle, SequencedMap<UUID, OrderAssembler> found) {
    if (!found.isEmpty()) {
      handle
          .createQuery(LINES_AND_DISCOUNTS)
          .bind("ids", uuidArray(found.keySet()))
          .scanResultSet((rows, context) -> addAll(found, rows.get()));
    }
    return found.values().stream().map(OrderAssembler::toOrder).toList();
  }

  private static SequencedMap<UUID, OrderAssembler> orders(ResultSet rows) throws SQLException {
    SequencedMap<UUID, OrderAssembler> found = new LinkedHashMap<>();
    while (rows.next()) {
      OrderRow order = OrderRow.of(new ColumnCursor(rows, 1));
      found.put(order.id(), new OrderAssembler(order));
    }
    return found;
  }

  private static SequencedMap<UUID, OrderAssembler> addAll(
      SequencedMap<UUID, OrderAssembler> orders, ResultSet rows) throws SQLException {
    while (rows.next()) {
      add(requireNonNull(orders.get(rows.getObject(Columns.ORDER, UUID.class))), rows);
    }
    return orders;
  }

  /** Adds the line or the discount, or both, of a row. */
  private static void add(OrderAssembler order, ResultSet row) throws SQLException {
    int position = row.getInt(1);
    if (position == RuleDiscountShare.SHIPPING_POSITION) {
      order.addShippingDiscount(OrderDiscountRow.of(new ColumnCursor(row, Columns.DISCOUNT)));
      return;
    }
    if (!order.hasLine(position)) {
      order.addLine(OrderLineRow.of(position, new ColumnCursor(row, Columns.LINE)));
    }
    if (row.getObject(2) != null) {
      order.addDiscount(OrderDiscountRow.of(new ColumnCursor(row, Columns.DISCOUNT)));
    }
  }
}
