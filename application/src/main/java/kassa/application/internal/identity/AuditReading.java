package kassa.application.internal.identity;

import java.util.List;
import kassa.application.port.in.ReadAudit;
import kassa.application.port.out.AuditLog;
import kassa.domain.identity.KeptEvent;
import org.jspecify.annotations.Nullable;

/** Reads what happened to users, sessions and keys. */
public final class AuditReading implements ReadAudit {

  private final AuditLog log;

  public AuditReading(AuditLog log) {
    this.log = log;
  }

  @Override
  public List<KeptEvent> list(@Nullable Long before, int limit) {
    return log.list(before, Limits.checked(limit, MOST_PER_PAGE));
  }
}
