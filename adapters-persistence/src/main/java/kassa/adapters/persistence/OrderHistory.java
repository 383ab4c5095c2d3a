package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.execute;
import static kassa.adapters.persistence.SqlValues.instant;
import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.word;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderEvent;
import kassa.domain.order.OrderEvent.Kind;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderStatus;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What happened to orders. That they were placed is read from themselves. */
final class OrderHistory {

  static final String OF_ORDER =
      """
      select
        0 as version, placed_at as happened_at, cast(null as varchar) as actor, 'placed' as what,
        cast(null as varchar) as status_before, 'placed' as status_after,
        cast(null as varchar) as reason
      from orders where id = :id
      union all
      select version, happened_at, actor, what, status_before, status_after, reason
      from order_events where order_id = :id
      order by 1
      """;

  private static final String EVENT =
      """
      insert into order_events (
        order_id, version, happened_at, actor, what, status_before, status_after, reason)
      values (:order, :version, :at, :actor, :what, :from, :to, :reason)
      """;

  private OrderHistory() {}

  static Optional<List<OrderEvent>> find(Handle handle, OrderId id) {
    List<OrderEvent> events =
        handle
            .createQuery(OF_ORDER)
            .bind("id", id.value())
            .map((row, context) -> event(row))
            .list();
    return events.isEmpty() ? Optional.empty() : Optional.of(events);
  }

  /** Adds the events of changes, within their transaction. */
  static void add(Handle handle, List<OrderChange> changes) {
    PreparedBatch batch = handle.prepareBatch(EVENT);
    for (OrderChange change : changes) {
      for (int step = 0; step < change.events().size(); step++) {
        add(batch, change.after().id(), change.version(step), change.events().get(step));
      }
    }
    execute(batch);
  }

  private static void add(PreparedBatch batch, OrderId order, int version, OrderEvent event) {
    batch
        .bind("order", order.value())
        .bind("version", version)
        .bind("at", utc(event.at()))
        .bind("actor", event.actor())
        .bind("what", word(event.what()))
        .bind("from", event.from() == null ? null : word(event.from()))
        .bind("to", word(event.to()))
        .bind("reason", event.reason())
        .add();
  }

  private static OrderEvent event(ResultSet row) throws SQLException {
    return new OrderEvent(
        instant(row, "happened_at"),
        row.getString("actor"),
        word(Kind.class, row.getString("what")),
        status(row.getString("status_before")),
        word(OrderStatus.class, row.getString("status_after")),
        row.getString("reason"));
  }

  private static @Nullable OrderStatus status(@Nullable String column) {
    return column == null ? null : word(OrderStatus.class, column);
  }
}
