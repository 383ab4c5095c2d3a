package kassa.adapters.http.identity;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.request.Cursors;
import kassa.adapters.http.request.Page;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.identity.ReadAuditLog;
import kassa.domain.identity.StoredAuditEvent;

/** Lists the audit log of users, sessions and API keys. */
public final class AuditLogHandler {

  private static final int DEFAULT_LIMIT = 50;

  private final Secured<ReadAuditLog> readAuditLog;
  private final Cursors cursors;
  private final Responses responses;

  public AuditLogHandler(Secured<ReadAuditLog> readAuditLog, Cursors cursors, Responses responses) {
    this.readAuditLog = readAuditLog;
    this.cursors = cursors;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(Route.get("/v1/audit", this::list, "limit", "cursor"));
  }

  private void list(Context context) {
    ReadAuditLog audit = readAuditLog.as(CurrentCaller.of(context));
    int limit =
        QueryParameters.number(context, "limit", 1, ReadAuditLog.MAX_PAGE_SIZE, DEFAULT_LIMIT);
    String cursor = QueryParameters.value(context, "cursor");
    Page<StoredAuditEvent> page =
        Page.of(
            cursor == null ? null : cursors.readEvent(cursor),
            limit,
            audit::list,
            StoredAuditEvent::number);
    responses.ok(
        context,
        new AuditLogPageResponse(
            page.rows().stream().map(row -> AuditLogPageResponse.Event.of(row.event())).toList(),
            page.next() == null ? null : cursors.writeEvent(page.next().number())));
  }
}
