package kassa.application.internal.identity;

import kassa.application.port.in.Slice;
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
  public Slice<StoredAuditEvent> list(@Nullable Long before, int limit) {
    return Slice.read(limit, count -> log.list(before, count));
  }
}
