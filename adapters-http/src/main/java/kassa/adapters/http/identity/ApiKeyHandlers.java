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
import kassa.application.port.in.identity.ManageApiKeys;
import kassa.domain.identity.ApiKey;
import kassa.domain.identity.ApiKeyId;
import kassa.domain.json.Violations;

/** Issues, lists and revokes API keys. */
public final class ApiKeyHandlers {

  private final Secured<ManageApiKeys> manageApiKeys;
  private final PageReader<ApiKey, ApiKeyId, ApiKeyResponse> pages;
  private final JsonCodec json;
  private final Responses responses;

  public ApiKeyHandlers(
      Secured<ManageApiKeys> manageApiKeys, Cursors cursors, JsonCodec json, Responses responses) {
    this.manageApiKeys = manageApiKeys;
    this.pages = new PageReader<>(cursors, CursorType.API_KEYS, ApiKey::id, ApiKeyResponse::of);
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/api-keys", this::list, "limit", "cursor"),
        Route.post("/v1/api-keys", this::issue).handlingIdempotency().withoutCompression(),
        Route.delete("/v1/api-keys/{id}", this::revoke));
  }

  private void list(Context context) {
    ManageApiKeys keys = manageApiKeys.as(CurrentCaller.of(context));
    responses.ok(context, pages.read(QueryParameters.of(context), keys::list));
  }

  private void issue(Context context) {
    CredentialEndpoints.refuseIdempotencyKey(context);
    ManageApiKeys keys = manageApiKeys.as(CurrentCaller.of(context));
    Violations violations = new Violations();
    IssueApiKeyRequest request =
        IssueApiKeyRequest.read(
            json.read(RequestBody.json(context, CredentialEndpoints.MAX_BODY_BYTES)), violations);
    if (request == null) {
      throw new ProblemException(Problem.of(violations));
    }
    ManageApiKeys.Issued issued =
        violations.tryCreate(
            // The other fields are already valid.
            "/expiresAt",
            () ->
                keys.issue(
                    request.name(),
                    request.scopes(),
                    request.expiresAt(),
                    CurrentCaller.clientInfo(context)));
    if (issued == null) {
      throw new ProblemException(Problem.of(violations));
    }
    responses.send(context, 201, IssuedApiKeyResponse.of(issued));
  }

  private void revoke(Context context) {
    ManageApiKeys keys = manageApiKeys.as(CurrentCaller.of(context));
    if (keys.revoke(id(context), CurrentCaller.clientInfo(context)).isEmpty()) {
      throw notFound();
    }
    Responses.noContent(context);
  }

  private static ApiKeyId id(Context context) {
    return PathParameters.parse(context, "id", ApiKeyId::parse)
        .orElseThrow(ApiKeyHandlers::notFound);
  }

  private static ProblemException notFound() {
    return new ProblemException(ProblemKind.NOT_FOUND, "The API key does not exist.");
  }
}
