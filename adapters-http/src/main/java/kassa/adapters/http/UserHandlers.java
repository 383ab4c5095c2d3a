package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.ChangeUserRequest;
import kassa.adapters.http.message.NewPasswordResponse;
import kassa.adapters.http.message.NewUserRequest;
import kassa.adapters.http.message.UserPageResponse;
import kassa.adapters.http.message.UserResponse;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.ManageUsers;
import kassa.application.port.in.ManageUsers.Outcome;
import kassa.application.port.in.ManageUsers.Replacement;
import kassa.application.port.in.Origin;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import tools.jackson.databind.JsonNode;

/** Manages people who can sign in. */
final class UserHandlers {

  private static final int DEFAULT_LIMIT = 50;

  private final ByCaller<ManageUsers> manageUsers;
  private final Cursors cursors;
  private final JsonCodec json;
  private final Answers answers;

  UserHandlers(
      ByCaller<ManageUsers> manageUsers, Cursors cursors, JsonCodec json, Answers answers) {
    this.manageUsers = manageUsers;
    this.cursors = cursors;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/users", this::list, "limit", "cursor"),
        Route.post("/v1/users", this::create).keepingKeys(),
        Route.get("/v1/users/{id}", this::find),
        Route.patch("/v1/users/{id}", this::change),
        Route.post("/v1/users/{id}/password", this::replacePassword).keepingKeys(),
        Route.delete("/v1/users/sessions", this::endEverybodysSessions),
        Route.delete("/v1/users/{id}/sessions", this::endSessions));
  }

  private void list(Context context) {
    ManageUsers users = manageUsers.by(Callers.of(context));
    int limit =
        QueryParameters.number(context, "limit", 1, ManageUsers.MOST_PER_PAGE, DEFAULT_LIMIT);
    String cursor = QueryParameters.value(context, "cursor");
    Page<User> page =
        Page.of(cursor == null ? null : cursors.readUser(cursor), limit, users::list, User::id);
    answers.ok(
        context,
        new UserPageResponse(
            page.rows().stream().map(UserResponse::of).toList(),
            page.next() == null ? null : cursors.write(page.next().id())));
  }

  private void create(Context context) {
    Secrecy.refuseKey(context);
    ManageUsers users = manageUsers.by(Callers.of(context));
    Faults faults = new Faults();
    NewUserRequest request = NewUserRequest.read(body(context), faults);
    if (request == null) {
      throw new ProblemException(Problem.of(faults));
    }
    User user =
        done(
            users.create(
                request.email(),
                request.password(),
                request.name(),
                request.role(),
                Callers.origin(context)));
    context.header("Location", "/v1/users/" + user.id());
    answers.send(context, 201, UserResponse.of(user));
  }

  private void find(Context context) {
    User user =
        manageUsers.by(Callers.of(context)).find(id(context)).orElseThrow(UserHandlers::absent);
    answers.ok(context, UserResponse.of(user));
  }

  private void change(Context context) {
    ManageUsers users = manageUsers.by(Callers.of(context));
    UserId id = id(context);
    Faults faults = new Faults();
    ChangeUserRequest request = ChangeUserRequest.read(body(context), faults);
    if (request == null) {
      throw new ProblemException(Problem.of(faults));
    }
    Origin origin = Callers.origin(context);
    boolean changes = request.role() != null || request.disabled() != null;
    User user =
        changes
            ? done(users.change(id, request.role(), request.disabled(), origin))
            : users.find(id).orElseThrow(UserHandlers::absent);
    if (request.endSessions()) {
      users.endSessions(id, origin);
    }
    answers.ok(context, UserResponse.of(user));
  }

  private void replacePassword(Context context) {
    Secrecy.refuseKey(context);
    switch (manageUsers.by(Callers.of(context)).replacePassword(id(context))) {
      case Replacement.Replaced replaced -> answers.ok(context, NewPasswordResponse.of(replaced));
      case Replacement.Absent() -> throw absent();
      case Replacement.Busy() -> throw Secrecy.busy();
    }
  }

  private void endEverybodysSessions(Context context) {
    var _ = manageUsers.by(Callers.of(context)).endEverybodysSessions();
    Answers.noContent(context);
  }

  private void endSessions(Context context) {
    ManageUsers users = manageUsers.by(Callers.of(context));
    if (users.endSessions(id(context), Callers.origin(context)).isEmpty()) {
      throw absent();
    }
    Answers.noContent(context);
  }

  private JsonNode body(Context context) {
    return json.read(RequestBody.json(context, Secrecy.LARGEST_BODY));
  }

  private static User done(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(User user) -> user;
      case Outcome.Absent() -> throw absent();
      case Outcome.Taken() ->
          throw new ProblemException(ProblemKind.EMAIL_TAKEN, "Nothing was changed.");
      case Outcome.TooCommon() -> throw Secrecy.tooCommon("/password");
      case Outcome.LastAdmin() ->
          throw new ProblemException(
              ProblemKind.LAST_ADMIN, "Make another user an admin first. Nothing was changed.");
      case Outcome.Contended() ->
          throw new ProblemException(
              ProblemKind.CONTENDED,
              "Nothing was changed. Others changed the user each time; try again.");
      case Outcome.Busy() -> throw Secrecy.busy();
    };
  }

  private static UserId id(Context context) {
    try {
      return UserId.parse(context.pathParam("id"));
    } catch (InvalidValueException impossible) {
      throw absent();
    }
  }

  private static ProblemException absent() {
    return new ProblemException(ProblemKind.NOT_FOUND, "There is no such user.");
  }
}
