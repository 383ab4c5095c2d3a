package kassa.application.internal.webhook;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import kassa.domain.event.Event;
import kassa.domain.event.EventData;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventType;
import kassa.domain.order.Order;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookFilter.OrderFacts;
import org.jspecify.annotations.Nullable;

/** Which events an endpoint selects. */
final class EventSelection {

  private EventSelection() {}

  /** Returns the types of events that the patterns of an endpoint select. */
  static Set<EventType> types(WebhookContent content) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (EventType type : EventType.values()) {
      if (content.selects(type.wireName())) {
        types.add(type);
      }
    }
    return types;
  }

  /** Returns a filter for reading the events. */
  static EventFilter filter(WebhookContent content) {
    return new EventFilter(types(content), null);
  }

  /** Returns whether an endpoint selects an event. */
  static boolean selects(WebhookContent content, Event event) {
    return content.selects(event.type().wireName()) && content.filter().matches(facts(event));
  }

  private static @Nullable OrderFacts facts(Event event) {
    return event.data() instanceof EventData.OrderData(Order order)
        ? new OrderFacts(
            order.status(),
            order.price().total(),
            order.price().lines().stream()
                .map(line -> line.line().sku())
                .collect(Collectors.toSet()),
            order.context().channel())
        : null;
  }
}
