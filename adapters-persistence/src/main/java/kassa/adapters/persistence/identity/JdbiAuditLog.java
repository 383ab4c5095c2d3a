package kassa.adapters.persistence.identity;

import static kassa.adapters.persistence.jdbc.SqlValues.enumName;
import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;

import java.util.List;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.TransactionRetry;
import kassa.application.port.out.identity.AuditLog;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.StoredAuditEvent;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Audit log in an append-only table. Thread-safe. */
public final class JdbiAuditLog implements AuditLog {

  public static final String NEWEST =
      "select * from audit_events order by sequence_number desc fetch first :limit rows only";

  public static final String NEWEST_BEFORE =
      """
      select * from audit_events where sequence_number < :before
      order by sequence_number desc fetch first :limit rows only
      """;

  private static final String INSERT =
      """
      insert into audit_events (occurred_at, event_type, actor, subject, ip_address, detail)
      values (:occurredAt, :eventType, :actor, :subject, :ipAddress, :detail)
      """;

  private final Database database;

  public JdbiAuditLog(Database database) {
    this.database = database;
  }

  @Override
  public void append(AuditEvent event) {
    var _ =
        TransactionRetry.run(
            () -> database.inTransaction("append an audit event", handle -> insert(handle, event)));
  }

  @Override
  public List<StoredAuditEvent> list(@Nullable Long before, int limit) {
    return database.read("list audit events", handle -> list(handle, before, limit));
  }

  private static int insert(Handle handle, AuditEvent event) {
    return handle
        .createUpdate(INSERT)
        .bind("occurredAt", timestamp(event.at()))
        .bind("eventType", enumName(event.kind()))
        .bind("actor", event.actor())
        .bind("subject", event.subject())
        .bind("ipAddress", event.address())
        .bind("detail", event.detail())
        .execute();
  }

  private static List<StoredAuditEvent> list(Handle handle, @Nullable Long before, int limit) {
    Query query =
        before == null
            ? handle.createQuery(NEWEST)
            : handle.createQuery(NEWEST_BEFORE).bind("before", before);
    return query
        .bind("limit", limit)
        .map((row, context) -> IdentityRowMapper.auditEvent(row))
        .list();
  }
}
