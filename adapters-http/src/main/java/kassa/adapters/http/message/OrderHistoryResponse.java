package kassa.adapters.http.message;

import java.util.List;
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
        Words.of(event.what()),
        event.from() == null ? null : Words.of(event.from()),
        Words.of(event.to()),
        event.reason());
  }
}
