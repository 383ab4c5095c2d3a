package kassa.adapters.persistence.order;

import java.sql.ResultSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.jdbc.PlainJdbc;
import kassa.domain.order.Order;
import org.jdbi.v3.core.Handle;

/** Reads orders as they were in an earlier version, from their history and refunds. */
public final class OrderVersions {

  public static final String COUNT_LINES =
      """
      select order_id, count(*) from order_lines
      where order_id = any(cast(? as uuid array))
      group by order_id
      """;

  private OrderVersions() {}

  /** The current versions of orders. */
  public static List<Order> findAll(Handle handle, Dialect dialect, Collection<UUID> ids) {
    return ids.isEmpty() ? List.of() : OrderReader.findAll(handle, dialect, ids);
  }

  /** The number of lines of each order. */
  public static Map<UUID, Integer> countLines(Handle handle, Collection<UUID> ids) {
    return PlainJdbc.query(
        handle,
        COUNT_LINES,
        statement -> {
          statement.setArray(1, PlainJdbc.uuidArray(handle, ids));
          Map<UUID, Integer> counts = HashMap.newHashMap(ids.size());
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              counts.put(rows.getObject(1, UUID.class), rows.getInt(2));
            }
          }
          return counts;
        });
  }

  /**
   * An order in an earlier version.
   *
   * @param order the order in this version or a later one
   * @param at the time of the change that led to the version
   */
  public static Order asOf(Handle handle, Order order, int version, Instant at) {
    if (order.version() == version) {
      return order;
    }
    return version == 1
        ? order.asPlaced(at)
        : order.asOf(
            version,
            OrderHistory.find(handle, order.id()).orElseThrow(),
            RefundReader.find(handle, order.id()),
            at);
  }
}
