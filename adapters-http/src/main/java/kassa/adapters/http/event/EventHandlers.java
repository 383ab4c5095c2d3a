package kassa.adapters.http.event;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.Slice;
import kassa.application.port.in.event.ReadEvents;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;

/** Reads pages of events. */
public final class EventHandlers {

  private static final int DEFAULT_LIMIT = 50;

  private final Secured<ReadEvents> readEvents;
  private final Cursors cursors;
  private final Responses responses;

  public EventHandlers(Secured<ReadEvents> readEvents, Cursors cursors, Responses responses) {
    this.readEvents = readEvents;
    this.cursors = cursors;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(Route.get("/v1/events", this::list, "after", "type", "subject", "limit"));
  }

  private void list(Context context) {
    ReadEvents events = readEvents.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    EventFilter filter = EventParameters.filter(query);
    int limit = query.number("limit", 1, Slice.MAX_SIZE, DEFAULT_LIMIT);
    query.requireValid();
    EventPosition after = EventParameters.position(cursors, events, query.value("after"));
    EventPage page = events.read(after, filter, limit);
    responses.ok(
        context,
        new EventsResponse(
            page.events().stream().map(EventResponse::of).toList(),
            EventParameters.encode(cursors, page.next()),
            page.hasMore()));
  }
}
