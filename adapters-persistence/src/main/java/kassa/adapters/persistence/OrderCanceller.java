package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.word;

import java.time.Instant;
import kassa.application.port.out.OrderStore.Cancellation;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderEvent.Kind;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Cancels orders, within a transaction. */
final class OrderCanceller {

  private static final String CANCEL =
      """
      update orders set
        status = 'cancelled', version = version + 1, cancel_reason = :reason, updated_at = :at
      where id = :id and version = :version and status = 'placed'
      """;

  private record State(int version, OrderStatus status) {}

  private OrderCanceller() {}

  static Cancellation cancel(
      Handle handle, OrderId id, int version, @Nullable String reason, Instant at) {
    int rows =
        handle
            .createUpdate(CANCEL)
            .bind("id", id.value())
            .bind("version", version)
            .bind("reason", reason)
            .bind("at", utc(at))
            .execute();
    if (rows == 0) {
      return refusal(handle, id, version);
    }
    OrderHistory.add(
        handle,
        id,
        version + 1,
        new OrderEvent(
            at, null, Kind.CANCELLED, OrderStatus.PLACED, OrderStatus.CANCELLED, reason));
    CounterWriter.giveBack(handle, id);
    return new Cancellation.Cancelled(OrderReader.find(handle, id).orElseThrow());
  }

  private static Cancellation refusal(Handle handle, OrderId id, int version) {
    State state =
        handle
            .createQuery("select version, status from orders where id = :id")
            .bind("id", id.value())
            .map((row, context) ->
                new State(row.getInt("version"), word(OrderStatus.class, row.getString("status"))))
            .findOne()
            .orElse(null);
    if (state == null) {
      return new Cancellation.Absent();
    }
    return state.version() == version
        ? new Cancellation.NotAllowed(state.status())
        : new Cancellation.Stale(state.version());
  }
}
