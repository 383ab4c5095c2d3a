package kassa.adapters.persistence.order;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.executeBatch;
import static kassa.adapters.persistence.jdbc.SqlValues.instant;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

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

/** Order history: the events of orders. The placed event is read from the order itself. */
public final class OrderHistory {

  public static final String BY_ORDER =
      """
      select
        0 as version, placed_at as occurred_at, cast(null as varchar) as actor,
        'placed' as event_type, cast(null as varchar) as from_status, 'placed' as to_status,
        cast(null as varchar) as reason
      from orders where id = :id
      union all
      select version, occurred_at, actor, event_type, from_status, to_status, reason
      from order_events where order_id = :id
      order by 1
      """;

  private static final String INSERT_EVENT =
      """
      insert into order_events (
        order_id, version, occurred_at, actor, event_type, from_status, to_status, reason)
      values (:order, :version, :occurredAt, :actor, :eventType, :fromStatus, :toStatus, :reason)
      """;

  private OrderHistory() {}

  static Optional<List<OrderEvent>> find(Handle handle, OrderId id) {
    List<OrderEvent> events =
        handle
            .createQuery(BY_ORDER)
            .bind("id", id.value())
            .map((row, context) -> event(row))
            .list();
    return events.isEmpty() ? Optional.empty() : Optional.of(events);
  }

  /** Adds the events of changes, within their transaction. */
  static void insert(Handle handle, List<OrderChange> changes) {
    PreparedBatch batch = handle.prepareBatch(INSERT_EVENT);
    for (OrderChange change : changes) {
      for (int step = 0; step < change.events().size(); step++) {
        insert(
            batch, change.after().id(), change.versionAfterStep(step), change.events().get(step));
      }
    }
    executeBatch(batch);
  }

  private static void insert(PreparedBatch batch, OrderId order, int version, OrderEvent event) {
    batch
        .bind("order", order.value())
        .bind("version", version)
        .bind("occurredAt", timestamp(event.at()))
        .bind("actor", event.actor())
        .bind("eventType", enumName(event.kind()))
        .bind("fromStatus", event.from() == null ? null : enumName(event.from()))
        .bind("toStatus", enumName(event.to()))
        .bind("reason", event.reason())
        .add();
  }

  private static OrderEvent event(ResultSet row) throws SQLException {
    return new OrderEvent(
        instant(row, "occurred_at"),
        row.getString("actor"),
        parseEnum(Kind.class, row.getString("event_type")),
        status(row.getString("from_status")),
        parseEnum(OrderStatus.class, row.getString("to_status")),
        row.getString("reason"));
  }

  private static @Nullable OrderStatus status(@Nullable String column) {
    return column == null ? null : parseEnum(OrderStatus.class, column);
  }
}
