package kassa.application.port.in.identity;

import java.util.List;
import kassa.domain.identity.StoredAuditEvent;
import org.jspecify.annotations.Nullable;

/** Reads what happened to users, sessions and keys. For admins. */
public interface ReadAuditLog {

  /** The most events of one page. */
  int MAX_PAGE_SIZE = 200;

  /**
   * Events, newest first.
   *
   * @param before the number of the event behind which to begin; at the newest if {@code null}
   * @param limit 1 to {@value #MAX_PAGE_SIZE}
   */
  List<StoredAuditEvent> list(@Nullable Long before, int limit);
}
