package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.Faults;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.message.ApiKeyPageResponse;
import kassa.adapters.http.message.ApiKeyResponse;
import kassa.adapters.http.message.IssueKeyRequest;
import kassa.adapters.http.message.IssuedKeyResponse;
import kassa.application.port.in.ByCaller;
import kassa.application.port.in.ManageKeys;
import kassa.domain.InvalidValueException;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;

/** Issues and revokes the keys of programs. */
final class KeyHandlers {

  private static final int DEFAULT_LIMIT = 50;

  private final ByCaller<ManageKeys> manageKeys;
  private final Cursors cursors;
  private final JsonCodec json;
  private final Answers answers;

  KeyHandlers(ByCaller<ManageKeys> manageKeys, Cursors cursors, JsonCodec json, Answers answers) {
    this.manageKeys = manageKeys;
    this.cursors = cursors;
    this.json = json;
    this.answers = answers;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/api-keys", this::list, "limit", "cursor"),
        Route.post("/v1/api-keys", this::issue).keepingKeys(),
        Route.delete("/v1/api-keys/{id}", this::revoke));
  }

  private void list(Context context) {
    ManageKeys keys = manageKeys.by(Callers.of(context));
    int limit =
        QueryParameters.number(context, "limit", 1, ManageKeys.MOST_PER_PAGE, DEFAULT_LIMIT);
    String cursor = QueryParameters.value(context, "cursor");
    Page<ApiKey> page =
        Page.of(cursor == null ? null : cursors.readKey(cursor), limit, keys::list, ApiKey::id);
    answers.ok(
        context,
        new ApiKeyPageResponse(
            page.rows().stream().map(ApiKeyResponse::of).toList(),
            page.next() == null ? null : cursors.write(page.next().id())));
  }

  private void issue(Context context) {
    Secrecy.refuseKey(context);
    ManageKeys keys = manageKeys.by(Callers.of(context));
    Faults faults = new Faults();
    IssueKeyRequest request =
        IssueKeyRequest.read(json.read(RequestBody.json(context, Secrecy.LARGEST_BODY)), faults);
    if (request == null) {
      throw new ProblemException(Problem.of(faults));
    }
    ManageKeys.Issued issued =
        faults.check(
            // What else there is to be checked was checked.
            "/expiresAt",
            () ->
                keys.issue(
                    request.name(),
                    request.scopes(),
                    request.expiresAt(),
                    Callers.origin(context)));
    if (issued == null) {
      throw new ProblemException(Problem.of(faults));
    }
    answers.send(context, 201, IssuedKeyResponse.of(issued));
  }

  private void revoke(Context context) {
    ManageKeys keys = manageKeys.by(Callers.of(context));
    if (keys.revoke(id(context), Callers.origin(context)).isEmpty()) {
      throw absent();
    }
    Answers.noContent(context);
  }

  private static ApiKeyId id(Context context) {
    try {
      return ApiKeyId.parse(context.pathParam("id"));
    } catch (InvalidValueException impossible) {
      throw absent();
    }
  }

  private static ProblemException absent() {
    return new ProblemException(ProblemKind.NOT_FOUND, "There is no such key.");
  }
}
