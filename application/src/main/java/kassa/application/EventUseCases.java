package kassa.application;

import kassa.application.internal.event.EventFeed;
import kassa.application.internal.event.ReadEventsService;
import kassa.application.internal.identity.Authorization;
import kassa.application.port.in.Secured;
import kassa.application.port.in.event.ReadEvents;
import kassa.application.port.out.event.EventLog;

/**
 * The use cases of events.
 *
 * @param readEvents reads and follows the events
 */
public record EventUseCases(Secured<ReadEvents> readEvents) {

  static EventUseCases create(EventLog log, Authorization authorization) {
    EventFeed feed = new EventFeed(log);
    return new EventUseCases(ReadEventsService.secure(log, feed, authorization));
  }
}
