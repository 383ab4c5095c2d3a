package kassa.application.port.out.identity;

import java.util.List;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.StoredAuditEvent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what happened to users, sessions and keys; nothing is ever changed or taken away.
 * Implementations may be called by any number of threads, and throw {@link
 * StoreUnavailableException} when the store cannot be asked.
 */
public interface AuditLog {

  /** Keeps an event durably. */
  void append(AuditEvent event);

  /** Events, newest first, before one of them or from the newest. */
  List<StoredAuditEvent> list(@Nullable Long before, int limit);
}
