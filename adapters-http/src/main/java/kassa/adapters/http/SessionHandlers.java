package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import kassa.adapters.http.message.SessionsResponse;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.ManageSessions;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.SessionId;

/** Lists and ends the sessions of the person who asks. */
final class SessionHandlers {

  private final ByCaller<ManageSessions> manageSessions;
  private final Answers answers;

  SessionHandlers(ByCaller<ManageSessions> manageSessions, Answers answers) {
    this.manageSessions = manageSessions;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/sessions", this::list),
        Route.delete("/v1/sessions", this::endOthers),
        Route.delete("/v1/sessions/{id}", this::end));
  }

  private void list(Context context) {
    ManageSessions sessions = manageSessions.by(Callers.of(context));
    SessionId current = sessions.self().session();
    answers.ok(context, SessionsResponse.of(sessions.list(), current));
  }

  private void endOthers(Context context) {
    manageSessions.by(Callers.of(context)).endOthers(Callers.origin(context));
    Answers.noContent(context);
  }

  private void end(Context context) {
    ManageSessions sessions = manageSessions.by(Callers.of(context));
    SessionId current = sessions.self().session();
    SessionId id = id(context).orElseThrow(SessionHandlers::absent);
    if (!sessions.end(id, Callers.origin(context))) {
      throw absent();
    }
    if (id.equals(current) && Authentication.isByCookie(context)) {
      SessionCookie.clear(context);
    }
    Answers.noContent(context);
  }

  private static Optional<SessionId> id(Context context) {
    try {
      return Optional.of(SessionId.parse(context.pathParam("id")));
    } catch (InvalidValueException impossible) {
      return Optional.empty();
    }
  }

  private static ProblemException absent() {
    return new ProblemException(ProblemKind.NOT_FOUND, "You have no such session.");
  }
}
