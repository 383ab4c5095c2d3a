package kassa.adapters.http.identity;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.page.PageReader;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.identity.ReadAuditLog;
import kassa.domain.identity.StoredAuditEvent;

/** Lists the audit log of users, sessions and API keys. */
public final class AuditLogHandler {

  private final Secured<ReadAuditLog> readAuditLog;
  private final PageReader<StoredAuditEvent, Long, AuditEventResponse> pages;
  private final Responses responses;

  public AuditLogHandler(Secured<ReadAuditLog> readAuditLog, Cursors cursors, Responses responses) {
    this.readAuditLog = readAuditLog;
    this.pages =
        new PageReader<>(
            cursors, CursorType.AUDIT_EVENTS, StoredAuditEvent::number, AuditEventResponse::of);
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(Route.get("/v1/audit", this::list, "limit", "cursor"));
  }

  private void list(Context context) {
    ReadAuditLog audit = readAuditLog.as(CurrentCaller.of(context));
    responses.ok(context, pages.read(QueryParameters.of(context), audit::list));
  }
}
