package kassa.adapters.persistence.event.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import kassa.adapters.persistence.catalogue.ProductSnapshot;
import kassa.adapters.persistence.identity.UserSnapshot;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.OrderVersions;
import kassa.adapters.persistence.rule.RuleSnapshot;
import kassa.adapters.persistence.sql.TabFields;
import kassa.adapters.persistence.usage.ExhaustedLimits;
import kassa.domain.event.Event;
import kassa.domain.event.EventData;
import kassa.domain.event.EventId;
import kassa.domain.event.EventSubject;
import kassa.domain.event.EventType;
import kassa.domain.order.Order;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads what events are about, as it was after each of them. */
final class EventDataReader {

  private final Handle handle;
  private final Map<UUID, Order> orders;

  private EventDataReader(Handle handle, Map<UUID, Order> orders) {
    this.handle = handle;
    this.orders = orders;
  }

  /** Reads the events of rows whose types are known. */
  static List<Event> read(Handle handle, Dialect dialect, List<EventRow> rows) {
    Map<UUID, Order> orders = new HashMap<>();
    List<UUID> ids =
        rows.stream()
            .filter(EventDataReader::isOfOrder)
            .map(EventRow::subjectUuid)
            .distinct()
            .toList();
    OrderVersions.findAll(handle, dialect, ids)
        .forEach(order -> orders.put(order.id().value(), order));
    EventDataReader reader = new EventDataReader(handle, orders);
    List<Event> events = new ArrayList<>(rows.size());
    rows.forEach(row -> events.add(reader.toEvent(row)));
    return events;
  }

  /** Whether an event is about an order. */
  static boolean isOfOrder(EventRow row) {
    return row.typeName().startsWith("order.");
  }

  private Event toEvent(EventRow row) {
    EventType type = row.type().orElseThrow();
    EventSubject subject = row.subject(type);
    try {
      return new Event(
          row.position(),
          new EventId(row.id()),
          type,
          subject,
          row.version(),
          row.actor(),
          row.occurredAt(),
          data(row, subject));
    } catch (IllegalArgumentException damage) {
      throw new IllegalStateException("event " + row.id() + " is damaged in the database", damage);
    }
  }

  private EventData data(EventRow row, EventSubject subject) {
    return switch (subject) {
      case EventSubject.OfOrder _ ->
          new EventData.OrderData(
              OrderVersions.asOf(
                  handle,
                  Objects.requireNonNull(orders.get(row.subjectUuid()), "order"),
                  row.versionOfSubject(),
                  row.occurredAt()));
      case EventSubject.OfProduct(var sku) ->
          row.data() == null
              ? new EventData.DeletedProduct(sku)
              : new EventData.ProductData(
                  ProductSnapshot.parse(
                      sku, row.versionOfSubject(), row.occurredAt(), row.requiredData()));
      case EventSubject.OfUser(var user) ->
          new EventData.UserData(
              UserSnapshot.parse(user, row.versionOfSubject(), row.requiredData()));
      case EventSubject.OfRule(var rule) -> ruleData(row, rule);
    };
  }

  private EventData ruleData(EventRow row, RuleId rule) {
    return switch (row.type().orElseThrow()) {
      case CODE_ISSUED -> {
        List<@Nullable String> fields = TabFields.parse(row.requiredData());
        String limit = fields.get(2);
        yield new EventData.IssuedCodes(
            rule,
            Integer.parseInt(Objects.requireNonNull(fields.get(0))),
            fields.get(1),
            limit == null ? null : Long.valueOf(limit));
      }
      case LIMIT_EXHAUSTED -> ExhaustedLimits.parse(rule, row.requiredData());
      default ->
          new EventData.RuleData(
              RuleSnapshot.read(
                  handle, rule, row.versionOfSubject(), row.occurredAt(), row.requiredData()));
    };
  }
}
