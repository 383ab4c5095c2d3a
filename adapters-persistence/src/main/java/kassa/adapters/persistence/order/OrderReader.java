package kassa.adapters.persistence.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.ColumnCursor;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.PlainJdbc;
import kassa.adapters.persistence.order.search.OrderSearchQuery;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import org.jdbi.v3.core.Handle;

/**
 * Reads one order in one round trip, and any number of orders in two: one for the orders, and one
 * for their lines and discounts. Pricing traces are read separately. See docs/decisions/0160.
 */
public final class OrderReader {

  /** The row of an order, its lines, and its discounts; each query has the id. */
  public static final List<String> BY_ID =
      List.of(order("o.id = ?"), lines("l.order_id = ?"), discounts("d.order_id = ?"));

  /** The same with the number. */
  public static final List<String> BY_NUMBER =
      List.of(
          order("o.number = ?"),
          lines("l.order_id = (select o.id from orders o where o.number = ?)"),
          discounts("d.order_id = (select o.id from orders o where o.number = ?)"));

  /** The lines and the discounts of several orders, not sorted; both queries have the ids. */
  public static final List<String> LINES_AND_DISCOUNTS =
      List.of(
          lines("l.order_id = any(cast(? as uuid array))"),
          discounts("d.order_id = any(cast(? as uuid array))"));

  /** The same as {@link #BY_ID} for several orders; each query has the ids. */
  public static final List<String> BY_IDS =
      List.of(
          order("o.id = any(cast(? as uuid array))"),
          LINES_AND_DISCOUNTS.get(0),
          LINES_AND_DISCOUNTS.get(1));

  private OrderReader() {}

  private static String order(String condition) {
    return "select " + OrderRow.COLUMNS + "\nfrom orders o where " + condition;
  }

  private static String lines(String condition) {
    return "select " + OrderLineRow.COLUMNS + "\nfrom order_lines l where " + condition;
  }

  private static String discounts(String condition) {
    return "select " + OrderDiscountRow.COLUMNS + "\nfrom order_discounts d where " + condition;
  }

  static Optional<Order> find(Handle handle, Dialect dialect, OrderId id) {
    return findOne(handle, dialect, BY_ID, id.value());
  }

  static Optional<Order> find(Handle handle, Dialect dialect, OrderNumber number) {
    return findOne(handle, dialect, BY_NUMBER, number.value());
  }

  private static Optional<Order> findOne(
      Handle handle, Dialect dialect, List<String> queries, Object key) {
    return find(handle, dialect, queries, key).stream().findAny();
  }

  static List<Order> findAll(Handle handle, Dialect dialect, Collection<UUID> ids) {
    return find(handle, dialect, BY_IDS, PlainJdbc.uuidArray(handle, ids));
  }

  private static List<Order> find(
      Handle handle, Dialect dialect, List<String> queries, Object key) {
    Map<UUID, OrderAssembler> found = new HashMap<>();
    PlainJdbc.queryAll(
        handle,
        dialect,
        queries,
        key,
        rows -> readOrders(found, rows),
        rows -> readLines(found, rows),
        rows -> readDiscounts(found, rows));
    return found.values().stream().map(OrderAssembler::toOrder).toList();
  }

  public static List<Order> list(Handle handle, Dialect dialect, OrderSearchQuery search) {
    Map<UUID, OrderAssembler> found = findPage(handle, search);
    for (Optional<OrderSearchQuery> wider = search.wider();
        found.size() < search.limit() && wider.isPresent();
        wider = wider.get().wider()) {
      found = findPage(handle, wider.get());
    }
    if (!found.isEmpty()) {
      readLinesAndDiscounts(handle, dialect, found);
    }
    return found.values().stream().map(OrderAssembler::toOrder).toList();
  }

  private static Map<UUID, OrderAssembler> findPage(Handle handle, OrderSearchQuery search) {
    Map<UUID, OrderAssembler> found = new LinkedHashMap<>();
    return search
        .bind(handle.createQuery(search.sql(OrderRow.COLUMNS)))
        .scanResultSet((rows, context) -> {
          readOrders(found, rows.get());
          return found;
        });
  }

  private static void readLinesAndDiscounts(
      Handle handle, Dialect dialect, Map<UUID, OrderAssembler> orders) {
    PlainJdbc.queryAll(
        handle,
        dialect,
        LINES_AND_DISCOUNTS,
        PlainJdbc.uuidArray(handle, orders.keySet()),
        rows -> readLines(orders, rows),
        rows -> readDiscounts(orders, rows));
  }

  private static void readOrders(Map<UUID, OrderAssembler> orders, ResultSet rows)
      throws SQLException {
    while (rows.next()) {
      OrderRow order = OrderRow.of(new ColumnCursor(rows));
      orders.put(order.id(), new OrderAssembler(order));
    }
  }

  private static void readLines(Map<UUID, OrderAssembler> orders, ResultSet rows)
      throws SQLException {
    while (rows.next()) {
      ColumnCursor row = new ColumnCursor(rows);
      OrderAssembler order = orders.get(row.uuid());
      if (order != null) {
        order.addLine(OrderLineRow.of(row));
      }
    }
  }

  private static void readDiscounts(Map<UUID, OrderAssembler> orders, ResultSet rows)
      throws SQLException {
    while (rows.next()) {
      ColumnCursor row = new ColumnCursor(rows);
      OrderAssembler order = orders.get(row.uuid());
      if (order != null) {
        order.addDiscount(OrderDiscountRow.of(row));
      }
    }
  }
}
