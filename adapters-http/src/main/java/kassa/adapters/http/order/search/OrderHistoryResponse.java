package kassa.adapters.http.order.search;

import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.order.OrderEvent;
import org.jspecify.annotations.Nullable;

/**
 * Event history of an order.
 *
 * @param data the events, oldest first
 */
public record OrderHistoryResponse(List<Event> data) {

  /**
   * Event of an order.
   *
   * @param at time of the event
   * @param actor who caused it; {@code null} if unknown
   * @param type kind of event
   * @param from the status before; {@code null} for the first event
   * @param to the status after
   * @param reason the reason; may be {@code null}
   */
  public record Event(
      String at,
      @Nullable String actor,
      String type,
      @Nullable String from,
      String to,
      @Nullable String reason) {}

  /** Converts the events of an order to their response. */
  public static OrderHistoryResponse of(List<OrderEvent> events) {
    return new OrderHistoryResponse(events.stream().map(OrderHistoryResponse::event).toList());
  }

  private static Event event(OrderEvent event) {
    return new Event(
        event.at().toString(),
        event.actor(),
        EnumNames.of(event.kind()),
        event.from() == null ? null : EnumNames.of(event.from()),
        EnumNames.of(event.to()),
        event.reason());
  }
}
