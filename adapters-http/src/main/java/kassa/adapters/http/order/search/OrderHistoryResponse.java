package kassa.adapters.http.order.search;

import java.util.List;
import kassa.adapters.http.json.EnumNames;
import kassa.domain.order.OrderEvent;
import org.jspecify.annotations.Nullable;

/**
 * What happened to an order.
 *
 * @param data the events, oldest first
 */
public record OrderHistoryResponse(List<Event> data) {

  /**
   * One event.
   *
   * @param at when
   * @param actor who, if that is known
   * @param type what
   * @param from the status before; {@code null} for the first event
   * @param to the status after
   * @param reason why, if somebody said
   */
  public record Event(
      String at,
      @Nullable String actor,
      String type,
      @Nullable String from,
      String to,
      @Nullable String reason) {}

  /** Writes a history down. */
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
