package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.execute;
import static kassa.adapters.persistence.SqlValues.utcOrNull;
import static kassa.adapters.persistence.SqlValues.word;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Changes orders, within a transaction: those that are still what their change was decided on. What
 * the tables say of a change is written here and nowhere else.
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

  /**
   * Changes orders.
   *
   * @return for each change whether it was made
   */
  static List<Boolean> change(Handle handle, List<OrderChange> changes) {
    List<Boolean> made = new ArrayList<>(Collections.nCopies(changes.size(), false));
    List<OrderChange> done = new ArrayList<>(changes.size());
    List<Integer> places = inOrderOfLocking(changes);
    PreparedBatch batch = handle.prepareBatch(CHANGE);
    places.forEach(place -> add(batch, changes.get(place)));
    int[] rows = execute(batch);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] == 1) {
        made.set(places.get(i), true);
        done.add(changes.get(places.get(i)));
      }
    }
    OrderHistory.add(handle, done);
    RefundWriter.insert(handle, done);
    CounterWriter.giveBack(handle, cancelled(done));
    return List.copyOf(made);
  }

  /** By the ids, so that no two who change the same orders wait for each other. */
  private static List<Integer> inOrderOfLocking(List<OrderChange> changes) {
    return IntStream.range(0, changes.size())
        .boxed()
        .sorted(Comparator.comparing((Integer place) -> id(changes.get(place))))
        .toList();
  }

  private static UUID id(OrderChange change) {
    return change.before().id().value();
  }

  private static void add(PreparedBatch batch, OrderChange change) {
    Order before = change.before();
    Order after = change.after();
    batch
        .bind("id", before.id().value())
        .bind("version", before.version())
        .bind("before", word(before.status()))
        .bind("after", word(after.status()))
        .bind("versionAfter", after.version())
        .bind("reason", after.cancelReason())
        .bind("paidAt", utcOrNull(paidAt(change)))
        .bind("refunded", after.refundedTotal().minus(before.refundedTotal()).minorUnits())
        .bind("at", utcOrNull(after.updatedAt()))
        .add();
  }

  private static @Nullable Instant paidAt(OrderChange change) {
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
