package kassa.adapters.persistence;

import static kassa.adapters.persistence.SqlValues.utc;
import static kassa.adapters.persistence.SqlValues.word;

import java.util.List;
import kassa.application.port.out.AuditLog;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.KeptEvent;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Keeps what happened in a table that is only added to. May be used by any number of threads. */
final class JdbiAuditLog implements AuditLog {

  static final String NEWEST =
      "select * from audit_events order by number desc fetch first :limit rows only";

  static final String NEWEST_BEFORE =
      """
      select * from audit_events where number < :before
      order by number desc fetch first :limit rows only
      """;

  private static final String INSERT =
      """
      insert into audit_events (happened_at, kind, actor, subject, address, detail)
      values (:at, :kind, :actor, :subject, :address, :detail)
      """;

  private final Database database;

  JdbiAuditLog(Database database) {
    this.database = database;
  }

  @Override
  public void append(AuditEvent event) {
    var _ =
        Retries.run(() -> database.change("keep what happened", handle -> insert(handle, event)));
  }

  @Override
  public List<KeptEvent> list(@Nullable Long before, int limit) {
    return database.ask("list what happened", handle -> list(handle, before, limit));
  }

  private static int insert(Handle handle, AuditEvent event) {
    return handle
        .createUpdate(INSERT)
        .bind("at", utc(event.at()))
        .bind("kind", word(event.kind()))
        .bind("actor", event.actor())
        .bind("subject", event.subject())
        .bind("address", event.address())
        .bind("detail", event.detail())
        .execute();
  }

  private static List<KeptEvent> list(Handle handle, @Nullable Long before, int limit) {
    Query query =
        before == null
            ? handle.createQuery(NEWEST)
            : handle.createQuery(NEWEST_BEFORE).bind("before", before);
    return query.bind("limit", limit).map((row, context) -> IdentityRows.event(row)).list();
  }
}
