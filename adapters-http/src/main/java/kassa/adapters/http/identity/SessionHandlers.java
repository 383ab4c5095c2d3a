package kassa.adapters.http.identity;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.PathParameters;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.adapters.http.security.RequestAuthenticator;
import kassa.adapters.http.security.SessionCookie;
import kassa.application.port.in.Secured;
import kassa.application.port.in.identity.ManageSessions;
import kassa.domain.identity.SessionId;

/** Lists and ends the sessions of the current user. */
public final class SessionHandlers {

  private final Secured<ManageSessions> manageSessions;
  private final Responses responses;

  public SessionHandlers(Secured<ManageSessions> manageSessions, Responses responses) {
    this.manageSessions = manageSessions;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/sessions", this::list),
        Route.delete("/v1/sessions", this::endOthers),
        Route.delete("/v1/sessions/{id}", this::end));
  }

  private void list(Context context) {
    ManageSessions sessions = manageSessions.as(CurrentCaller.of(context));
    responses.ok(context, SessionsResponse.of(sessions.list(), sessions.currentId()));
  }

  private void endOthers(Context context) {
    manageSessions.as(CurrentCaller.of(context)).endOthers(CurrentCaller.clientInfo(context));
    Responses.noContent(context);
  }

  private void end(Context context) {
    ManageSessions sessions = manageSessions.as(CurrentCaller.of(context));
    SessionId id = id(context).orElseThrow(SessionHandlers::notFound);
    if (!sessions.end(id, CurrentCaller.clientInfo(context))) {
      throw notFound();
    }
    if (id.equals(sessions.currentId()) && RequestAuthenticator.isByCookie(context)) {
      SessionCookie.clear(context);
    }
    Responses.noContent(context);
  }

  private static Optional<SessionId> id(Context context) {
    return PathParameters.parse(context, "id", SessionId::parse);
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemKind.NOT_FOUND, "You have no session with this id.");
  }
}
