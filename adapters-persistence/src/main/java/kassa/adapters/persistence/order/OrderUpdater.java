package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.enumColumn;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableTimestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.List;
import kassa.adapters.persistence.usage.LimitCounterWriter;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Changes orders, within a transaction: those that are still what their change was decided on. What
 * the tables beside the orders say of a change is written here and nowhere else.
 */
final class OrderUpdater {

  /** That no more is given back than was paid was decided before; it is held here once more. */
  private static final String UPDATE =
      """
      update orders set
        status = :after, version = :versionAfter, cancel_reason = :reason,
        paid_at = coalesce(paid_at, cast(:paidAt as timestamp(6) with time zone)),
        refunded_total = refunded_total + :refunded, updated_at = :at
      where id = :id and version = :version and status = :before
        and refunded_total + :refunded <= total
      """;

  private OrderUpdater() {}

  /** Changes an order, and tells whether that was done. */
  static boolean update(Handle handle, OrderChange change) {
    Order before = change.before();
    Order after = change.after();
    int changed =
        handle
            .createUpdate(UPDATE)
            .bind("id", before.id().value())
            .bind("version", before.version())
            .bind("before", enumColumn(before.status()))
            .bind("after", enumColumn(after.status()))
            .bind("versionAfter", after.version())
            .bind("reason", after.cancelReason())
            .bind("paidAt", nullableTimestamp(paidAt(change)))
            .bind("refunded", after.refundedTotal().minus(before.refundedTotal()).minorUnits())
            .bind("at", timestamp(after.updatedAt()))
            .execute();
    if (changed == 0) {
      return false;
    }
    writeEventsAndRefunds(handle, List.of(change));
    return true;
  }

  /** Writes what the other tables say of changes whose orders are written already. */
  static void writeEventsAndRefunds(Handle handle, List<OrderChange> changes) {
    OrderHistory.insert(handle, changes);
    RefundWriter.insert(handle, changes);
    LimitCounterWriter.release(handle, cancelledOrders(changes));
  }

  /** When an order was paid by a change, if it was. */
  static @Nullable Instant paidAt(OrderChange change) {
    return change.events().stream()
        .filter(event -> event.kind() == OrderEvent.Kind.PAID)
        .map(OrderEvent::at)
        .findFirst()
        .orElse(null);
  }

  private static List<OrderId> cancelledOrders(List<OrderChange> changes) {
    return changes.stream()
        .map(OrderChange::after)
        .filter(order -> order.status() == OrderStatus.CANCELLED)
        .map(Order::id)
        .toList();
  }
}
