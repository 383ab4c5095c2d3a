package kassa.adapters.http.event;

import java.util.List;

/**
 * Page of events.
 *
 * @param data the events
 * @param nextCursor the cursor after the page, also if there are no more events yet
 * @param hasMore whether there are more events now
 */
public record EventsResponse(List<EventResponse> data, String nextCursor, boolean hasMore) {}
