package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.utcOrNull;
import static kassa.adapters.persistence.SqlValues.word;

import java.time.Instant;
import java.util.List;
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
final class OrderChanger {

  /** That no more is given back than was paid was decided before; it is held here once more. */
  private static final String CHANGE =
      """
      update orders set
        status = :after, version = :versionAfter, cancel_reason = :reason,
        paid_at = coalesce(paid_at, cast(:paidAt as timestamp(6) with time zone)),
        refunded_total = refunded_total + :refunded, updated_at = :at
      where id = :id and version = :version and status = :before
        and refunded_total + :refunded <= total
      """;

  private OrderChanger() {}

  /** Changes an order, and tells whether that was done. */
  static boolean change(Handle handle, OrderChange change) {
    Order before = change.before();
    Order after = change.after();
    int changed =
        handle
            .createUpdate(CHANGE)
            .bind("id", before.id().value())
            .bind("version", before.version())
            .bind("before", word(before.status()))
            .bind("after", word(after.status()))
            .bind("versionAfter", after.version())
            .bind("reason", after.cancelReason())
            .bind("paidAt", utcOrNull(paidAt(change)))
            .bind("refunded", after.refundedTotal().minus(before.refundedTotal()).minorUnits())
            .bind("at", utc(after.updatedAt()))
            .execute();
    if (changed == 0) {
      return false;
    }
    tellOf(handle, List.of(change));
    return true;
  }

  /** Writes what the other tables say of changes whose orders are written already. */
  static void tellOf(Handle handle, List<OrderChange> changes) {
    OrderHistory.add(handle, changes);
    RefundWriter.insert(handle, changes);
    CounterWriter.giveBack(handle, cancelled(changes));
  }

  /** When an order was paid by a change, if it was. */
  static @Nullable Instant paidAt(OrderChange change) {
    return change.events().stream()
        .filter(event -> event.what() == OrderEvent.Kind.PAID)
        .map(OrderEvent::at)
        .findFirst()
        .orElse(null);
  }

  private static List<OrderId> cancelled(List<OrderChange> changes) {
    return changes.stream()
        .map(OrderChange::after)
        .filter(order -> order.status() == OrderStatus.CANCELLED)
        .map(Order::id)
        .toList();
  }
}
