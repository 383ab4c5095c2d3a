package kassa.adapters.persistence.usage;

import static java.util.Objects.requireNonNull;
import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.parseEnum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kassa.adapters.persistence.event.NewEvent;
import kassa.adapters.persistence.sql.TabFields;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.domain.event.EventData;
import kassa.domain.event.EventType;
import kassa.domain.order.OrderId;
import kassa.domain.rule.RuleId;
import kassa.domain.usage.LimitReservation;
import kassa.domain.usage.UsageCounter;
import kassa.domain.usage.UsageCounter.Kind;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds the limits that orders have used up, within their transaction. The limits of one customer
 * are left out: customers use them up all the time.
 */
public final class ExhaustedLimits {

  /** The last of the orders that use a counter. */
  private record LastUse(LimitReservation reservation, OrderInsert insert) {}

  private ExhaustedLimits() {}

  /** The events of the limits that these orders, whose usage is reserved, have used up. */
  public static List<NewEvent> find(Handle handle, List<OrderInsert> inserts) {
    SortedMap<UsageCounter, LastUse> lastUses = new TreeMap<>();
    for (OrderInsert insert : inserts) {
      for (LimitReservation reservation : insert.order().reservations()) {
        if (insert.actor() != null && reservation.counter().kind() != Kind.CUSTOMER) {
          lastUses.put(reservation.counter(), new LastUse(reservation, insert));
        }
      }
    }
    if (lastUses.isEmpty()) {
      return List.of();
    }
    Map<UsageCounter, Long> used = LimitCounterReader.findStored(handle, lastUses.keySet());
    List<NewEvent> events = new ArrayList<>();
    lastUses.forEach((counter, last) -> {
      if (used.getOrDefault(counter, 0L) >= last.reservation().limit()) {
        events.add(toEvent(last));
      }
    });
    return events;
  }

  private static NewEvent toEvent(LastUse last) {
    UsageCounter counter = last.reservation().counter();
    OrderInsert insert = last.insert();
    String data =
        TabFields.format(
            enumName(counter.kind()),
            counter.subject(),
            last.reservation().limit(),
            insert.order().id());
    return new NewEvent(
        EventType.LIMIT_EXHAUSTED,
        counter.rule().toUuid(),
        null,
        null,
        insert.actor(),
        insert.order().arrivedAt(),
        data);
  }

  /**
   * Parses the data of an event.
   *
   * @throws RuntimeException if it is damaged
   */
  public static EventData.ExhaustedLimit parse(RuleId rule, String data) {
    List<@Nullable String> fields = TabFields.parse(data);
    return new EventData.ExhaustedLimit(
        new UsageCounter(rule, parseEnum(Kind.class, required(fields, 0)), required(fields, 1)),
        Long.parseLong(required(fields, 2)),
        OrderId.parse(required(fields, 3)));
  }

  private static String required(List<@Nullable String> fields, int index) {
    return requireNonNull(fields.get(index), "a field is null");
  }
}
