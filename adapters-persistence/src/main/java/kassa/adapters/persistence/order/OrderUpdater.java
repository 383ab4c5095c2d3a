package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.nullableTimestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.time.Instant;
import java.util.List;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.usage.LimitCounterWriter;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Updates orders with optimistic locking, within a transaction. Only this class writes the rows of
 * a change in the other tables.
 */
final class OrderUpdater {

  /** Checks again that refunds do not exceed the total; the domain has checked it before. */
  private static final String UPDATE =
      """
      update orders set
        status = :newStatus, version = :newVersion, cancel_reason = :reason,
        paid_at = coalesce(paid_at, cast(:paidAt as timestamp(6) with time zone)),
        refunded_total = refunded_total + :refunded, updated_at = :at
      where id = :id and version = :oldVersion and status = :oldStatus
        and refunded_total + :refunded <= total
      """;

  private OrderUpdater() {}

  /** Updates an order; returns false if its version or status has changed since it was read. */
  static boolean update(Handle handle, Dialect dialect, OrderChange change) {
    Order before = change.before();
    Order after = change.after();
    int changed =
        handle
            .createUpdate(UPDATE)
            .bind("id", before.id().value())
            .bind("oldVersion", before.version())
            .bind("oldStatus", enumName(before.status()))
            .bind("newStatus", enumName(after.status()))
            .bind("newVersion", after.version())
            .bind("reason", after.cancelReason())
            .bind("paidAt", nullableTimestamp(paidAt(change)))
            .bind("refunded", after.refundedTotal().minus(before.refundedTotal()).minorUnits())
            .bind("at", timestamp(after.updatedAt()))
            .execute();
    if (changed == 0) {
      return false;
    }
    writeEventsAndRefunds(handle, List.of(change));
    SalesBucketWriter.update(handle, dialect, change);
    return true;
  }

  /** Writes the rows of changes in the other tables; the orders are already written. */
  static void writeEventsAndRefunds(Handle handle, List<OrderChange> changes) {
    OrderHistory.insert(handle, changes);
    RefundWriter.insert(handle, changes);
    LimitCounterWriter.release(handle, cancelledOrders(changes));
  }

  /** The time of payment, if the change contains one. */
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
