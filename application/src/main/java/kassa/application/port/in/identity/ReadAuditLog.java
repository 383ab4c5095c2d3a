package kassa.application.port.in.identity;

import java.util.List;
import kassa.domain.identity.StoredAuditEvent;
import org.jspecify.annotations.Nullable;

/** Reads the audit log: events of users, sessions and API keys. For admins. */
public interface ReadAuditLog {

  /** Maximum number of events per page. */
  int MAX_PAGE_SIZE = 200;

  /**
   * Lists audit events, newest first.
   *
   * @param before list events before this event number; {@code null} to start at the newest
   * @param limit 1 to {@value #MAX_PAGE_SIZE}
   */
  List<StoredAuditEvent> list(@Nullable Long before, int limit);
}
