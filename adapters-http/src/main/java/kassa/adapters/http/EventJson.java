package kassa.adapters.http;

import kassa.adapters.http.event.EventResponse;
import kassa.adapters.http.json.JsonCodec;
import kassa.domain.event.Event;

/** Renders events as {@code GET /v1/events} answers them. Thread-safe. */
public final class EventJson {

  private final JsonCodec json = new JsonCodec();

  /** Creates a renderer. */
  public EventJson() {}

  /** Returns an event as JSON, in UTF-8. */
  public byte[] render(Event event) {
    return json.write(EventResponse.of(event));
  }
}
