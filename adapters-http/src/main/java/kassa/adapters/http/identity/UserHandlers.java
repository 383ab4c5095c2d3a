package kassa.adapters.http.identity;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.page.PageReader;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.PathParameters;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.identity.ClientInfo;
import kassa.application.port.in.identity.ManageUsers;
import kassa.application.port.in.identity.ManageUsers.Outcome;
import kassa.application.port.in.identity.ManageUsers.PasswordReset;
import kassa.domain.identity.User;
import kassa.domain.identity.UserId;
import kassa.domain.identity.UserSearchText;
import kassa.domain.json.Violations;
import tools.jackson.databind.JsonNode;

/** Manages users: create, change, disable, reset the password and end sessions. */
public final class UserHandlers {

  private final Secured<ManageUsers> manageUsers;
  private final PageReader<User, UserId, UserResponse> pages;
  private final JsonCodec json;
  private final Responses responses;

  public UserHandlers(
      Secured<ManageUsers> manageUsers, Cursors cursors, JsonCodec json, Responses responses) {
    this.manageUsers = manageUsers;
    this.pages = new PageReader<>(cursors, CursorType.USERS, User::id, UserResponse::of);
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/users", this::list, "q", "limit", "cursor"),
        Route.post("/v1/users", this::create).handlingIdempotency().withoutCompression(),
        Route.get("/v1/users/{id}", this::find),
        Route.patch("/v1/users/{id}", this::change),
        Route.post("/v1/users/{id}/password", this::replacePassword)
            .handlingIdempotency()
            .withoutCompression(),
        Route.delete("/v1/users/sessions", this::endAllSessions),
        Route.delete("/v1/users/{id}/sessions", this::endSessions));
  }

  private void list(Context context) {
    ManageUsers users = manageUsers.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    UserSearchText text = query.read("q", UserSearchText::new);
    responses.ok(context, pages.read(query, (after, limit) -> users.list(text, after, limit)));
  }

  private void create(Context context) {
    CredentialEndpoints.refuseIdempotencyKey(context);
    ManageUsers users = manageUsers.as(CurrentCaller.of(context));
    Violations violations = new Violations();
    CreateUserRequest request = CreateUserRequest.read(body(context), violations);
    if (request == null) {
      throw new ProblemException(Problem.of(violations));
    }
    User user =
        requireDone(
            users.create(
                request.email(),
                request.password(),
                request.name(),
                request.role(),
                CurrentCaller.clientInfo(context)));
    context.header("Location", "/v1/users/" + user.id());
    responses.send(context, 201, UserResponse.of(user));
  }

  private void find(Context context) {
    User user =
        manageUsers
            .as(CurrentCaller.of(context))
            .find(id(context))
            .orElseThrow(UserHandlers::notFound);
    responses.ok(context, UserResponse.of(user));
  }

  private void change(Context context) {
    ManageUsers users = manageUsers.as(CurrentCaller.of(context));
    UserId id = id(context);
    Violations violations = new Violations();
    ChangeUserRequest request =
        ChangeUserRequest.read(
            body(context), () -> users.find(id).orElseThrow(UserHandlers::notFound), violations);
    if (request == null) {
      throw new ProblemException(Problem.of(violations));
    }
    ClientInfo client = CurrentCaller.clientInfo(context);
    boolean changes = request.role() != null || request.disabled() != null;
    User user =
        changes
            ? requireDone(users.update(id, request.role(), request.disabled(), client))
            : users.find(id).orElseThrow(UserHandlers::notFound);
    if (request.endSessions()) {
      users.endSessions(id, client);
    }
    responses.ok(context, UserResponse.of(user));
  }

  private void replacePassword(Context context) {
    CredentialEndpoints.refuseIdempotencyKey(context);
    switch (manageUsers.as(CurrentCaller.of(context)).replacePassword(id(context))) {
      case PasswordReset.Done reset -> responses.ok(context, TemporaryPasswordResponse.of(reset));
      case PasswordReset.NotFound() -> throw notFound();
      case PasswordReset.Overloaded() -> throw CredentialEndpoints.hashingOverloaded();
    }
  }

  private void endAllSessions(Context context) {
    var _ = manageUsers.as(CurrentCaller.of(context)).endSessionsOfAllUsers();
    Responses.noContent(context);
  }

  private void endSessions(Context context) {
    ManageUsers users = manageUsers.as(CurrentCaller.of(context));
    if (users.endSessions(id(context), CurrentCaller.clientInfo(context)).isEmpty()) {
      throw notFound();
    }
    Responses.noContent(context);
  }

  private JsonNode body(Context context) {
    return json.read(RequestBody.json(context, CredentialEndpoints.MAX_BODY_BYTES));
  }

  private static User requireDone(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(User user) -> user;
      case Outcome.NotFound() -> throw notFound();
      case Outcome.EmailTaken() ->
          throw new ProblemException(ProblemKind.EMAIL_TAKEN, "Nothing was changed.");
      case Outcome.TooCommon() -> throw CredentialEndpoints.passwordTooCommon("/password");
      case Outcome.LastAdmin() ->
          throw new ProblemException(
              ProblemKind.LAST_ADMIN, "Nothing was changed. Make another user an admin first.");
      case Outcome.ConcurrentModification() ->
          throw new ProblemException(
              ProblemKind.CONCURRENT_UPDATE,
              "Nothing was changed. Concurrent requests changed the same user; retry.");
      case Outcome.Overloaded() -> throw CredentialEndpoints.hashingOverloaded();
    };
  }

  private static UserId id(Context context) {
    return PathParameters.parse(context, "id", UserId::parse).orElseThrow(UserHandlers::notFound);
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemKind.NOT_FOUND, "The user does not exist.");
  }
}
