package kassa.application.port.in.identity;

import kassa.application.port.in.Slice;
import kassa.domain.identity.StoredAuditEvent;
import org.jspecify.annotations.Nullable;

/** Reads the audit log: events of users, sessions and API keys. For admins. */
public interface ReadAuditLog {

  /**
   * Lists audit events, newest first.
   *
   * @param before list events before this event number; {@code null} to start at the newest
   * @param limit 1 to {@value Slice#MAX_SIZE}
   */
  Slice<StoredAuditEvent> list(@Nullable Long before, int limit);
}
