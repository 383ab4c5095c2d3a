package kassa.application.port.in.event;

import java.time.Duration;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;

/**
 * Reads events: page by page, or as they happen. A caller reads the events of what they may read;
 * other events do not exist for them. Every method throws {@link
 * kassa.application.port.out.StoreUnavailableException} when the store cannot be used.
 */
public interface ReadEvents {

  /**
   * Reads a page of events, in the order that never changes.
   *
   * @param after read events after this position
   * @param limit the maximum number of events, 1 to {@value
   *     kassa.application.port.out.event.EventLog#MAX_PAGE_SIZE}
   */
  EventPage read(EventPosition after, EventFilter filter, int limit);

  /** Returns the position of the newest event. */
  EventPosition latest();

  /** Returns whether all events after this position can still be read. */
  boolean isKnown(EventPosition position);

  /** Starts to follow the events. */
  Follower follow();

  /** Follows the events until it is closed. Used by one thread. */
  interface Follower extends AutoCloseable {

    /**
     * Reads the events after a position, and waits for one if there are none.
     *
     * @param limit as in {@link ReadEvents#read}
     * @param timeout the maximum wait; then the page is empty, and so it may be before, if only
     *     events that do not match the filter appeared
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    EventPage next(EventPosition after, EventFilter filter, int limit, Duration timeout)
        throws InterruptedException;

    /** Stops following. */
    @Override
    void close();
  }
}
