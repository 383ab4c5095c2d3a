package kassa.application.internal.identity;

import java.util.List;
import kassa.application.port.in.identity.ReadAuditLog;
import kassa.application.port.out.identity.AuditLog;
import kassa.domain.identity.StoredAuditEvent;
import org.jspecify.annotations.Nullable;

/** Reads the audit log. */
public final class ReadAuditLogService implements ReadAuditLog {

  private final AuditLog log;

  public ReadAuditLogService(AuditLog log) {
    this.log = log;
  }

  @Override
  public List<StoredAuditEvent> list(@Nullable Long before, int limit) {
    return log.list(before, PageLimit.requireValid(limit, MAX_PAGE_SIZE));
  }
}
