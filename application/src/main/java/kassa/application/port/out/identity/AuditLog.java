package kassa.application.port.out.identity;

import java.util.List;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.StoredAuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * Append-only audit log of users, sessions and API keys; events are never changed or deleted.
 * Thread-safe. Every method throws {@link StoreUnavailableException} when the store cannot be used.
 */
public interface AuditLog {

  /** Appends an event durably. */
  void append(AuditEvent event);

  /**
   * Lists events, newest first.
   *
   * @param before list events before this event number; {@code null} to start at the newest
   * @param limit the maximum number of events
   */
  List<StoredAuditEvent> list(@Nullable Long before, int limit);
}
