package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.message.AuditPageResponse;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.ReadAudit;
import kassa.domain.identity.KeptEvent;

/** Answers what happened to users, sessions and keys. */
final class AuditHandler {

  private static final int DEFAULT_LIMIT = 50;

  private final ByCaller<ReadAudit> readAudit;
  private final Cursors cursors;
  private final Answers answers;

  AuditHandler(ByCaller<ReadAudit> readAudit, Cursors cursors, Answers answers) {
    this.readAudit = readAudit;
    this.cursors = cursors;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/audit", this::list, "limit", "cursor"));
  }

  private void list(Context context) {
    ReadAudit audit = readAudit.by(Callers.of(context));
    int limit = QueryParameters.number(context, "limit", 1, ReadAudit.MOST_PER_PAGE, DEFAULT_LIMIT);
    String cursor = QueryParameters.value(context, "cursor");
    Page<KeptEvent> page =
        Page.of(
            cursor == null ? null : cursors.readEvent(cursor),
            limit,
            audit::list,
            KeptEvent::number);
    answers.ok(
        context,
        new AuditPageResponse(
            page.rows().stream().map(row -> AuditPageResponse.Event.of(row.event())).toList(),
            page.next() == null ? null : cursors.writeEvent(page.next().number())));
  }
}
