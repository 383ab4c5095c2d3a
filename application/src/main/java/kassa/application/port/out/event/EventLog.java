package kassa.application.port.out.event;

import java.time.Instant;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.event.EventFilter;
import kassa.domain.event.EventPage;
import kassa.domain.event.EventPosition;
import org.jspecify.annotations.Nullable;

/**
 * Log of events (transactional outbox). Every store writes the event of a change in the transaction
 * of the change; this reads them. Thread-safe. Every method throws {@link
 * StoreUnavailableException} when the store cannot be used.
 *
 * <p>Events are read in an order that never changes. No event appears before one that was read, and
 * events of one subject are in the order of its changes. An event that is read is durable.
 */
public interface EventLog {

  /** The maximum number of events of a page. */
  int MAX_PAGE_SIZE = 200;

  /**
   * Reads a page of events. It looks at a bounded number of events, whatever the filter.
   *
   * @param after read events after this position; {@link EventPosition#START} for the oldest
   * @param limit the maximum number of events, 1 to {@value #MAX_PAGE_SIZE}; large orders can make
   *     the page shorter
   */
  EventPage read(EventPosition after, EventFilter filter, int limit);

  /** Returns the position of the newest event that can be read. */
  EventPosition latest();

  /**
   * Returns whether no event after this position was deleted, and the event at this position was
   * not lost, as after the restore of an older backup.
   */
  boolean isKnown(EventPosition position);

  /**
   * Deletes a portion of the oldest events, in a short transaction.
   *
   * @param before deletes events that occurred before this time
   * @return the number of deleted events; zero if there are no more
   */
  int purge(Instant before);

  /**
   * Sets what runs after each transaction of this process that may have written events. It runs on
   * the thread of the transaction and must not wait.
   *
   * @param listener {@code null} for nothing
   */
  void onLocalCommit(@Nullable Runnable listener);
}
