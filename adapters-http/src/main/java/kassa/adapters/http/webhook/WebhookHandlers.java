package kassa.adapters.http.webhook;

import io.javalin.http.Context;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.page.PageReader;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.EntityTags;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.webhook.ManageWebhooks;
import kassa.application.port.in.webhook.ManageWebhooks.Outcome;
import kassa.domain.json.Violations;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookEndpointId;
import tools.jackson.databind.JsonNode;

/** Webhook endpoints: create, change, delete, pause and resume. */
public final class WebhookHandlers {

  /** Maximum size of a body in bytes: 16 KiB. */
  static final int MAX_BODY_BYTES = 1 << 14;

  private final Secured<ManageWebhooks> manageWebhooks;
  private final WebhookAnswers answers;
  private final PageReader<EndpointStatus, WebhookEndpointId, WebhookResponse> pages;
  private final JsonCodec json;
  private final Responses responses;

  public WebhookHandlers(
      Secured<ManageWebhooks> manageWebhooks,
      Cursors cursors,
      JsonCodec json,
      Responses responses) {
    this.manageWebhooks = manageWebhooks;
    this.answers = new WebhookAnswers(cursors, responses);
    this.pages =
        new PageReader<>(
            cursors,
            CursorType.WEBHOOK_ENDPOINTS,
            status -> status.endpoint().id(),
            answers::response);
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/v1/webhook-endpoints", this::list, "limit", "cursor"),
        Route.post("/v1/webhook-endpoints", this::create)
            .handlingIdempotency()
            .withoutCompression(),
        Route.get("/v1/webhook-endpoints/{id}", this::find),
        Route.put("/v1/webhook-endpoints/{id}", this::change),
        Route.delete("/v1/webhook-endpoints/{id}", this::delete),
        Route.post("/v1/webhook-endpoints/{id}/pause", this::pause).handlingIdempotency(),
        Route.post("/v1/webhook-endpoints/{id}/resume", this::resume).handlingIdempotency());
  }

  private void list(Context context) {
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    responses.ok(context, pages.read(QueryParameters.of(context), webhooks::list));
  }

  private void create(Context context) {
    IdempotencyFilter.refuseKey(
        context, "requests and responses with secrets are not stored; omit the header");
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    Violations violations = new Violations();
    WebhookContent content = WebhookRequest.read(body(context), null, violations);
    if (content == null) {
      throw new ProblemException(Problem.of(violations));
    }
    Outcome.Done done =
        answers.requireDone(context, webhooks.create(content, CurrentCaller.clientInfo(context)));
    context.header("Location", "/v1/webhook-endpoints/" + done.status().endpoint().id());
    answers.sendSecret(context, 201, done);
  }

  private void find(Context context) {
    answers.send(context, endpoint(context));
  }

  private void change(Context context) {
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    JsonNode body = body(context);
    String tags = RequestHeaders.list(context, "If-Match");
    if (context.header("If-Match") == null) {
      throw new ProblemException(
          ProblemKind.PRECONDITION_REQUIRED,
          "Nothing was changed. If-Match must be the ETag of the webhook endpoint to change.");
    }
    Outcome outcome;
    do {
      WebhookEndpoint current = endpoint(context).endpoint();
      if (tags == null || !EntityTags.matchesStrongly(tags, EntityTags.of(current))) {
        throw EntityTags.preconditionFailed(context, "webhook endpoint");
      }
      Violations violations = new Violations();
      WebhookContent content = WebhookRequest.read(body, current, violations);
      if (content == null) {
        throw new ProblemException(Problem.of(violations));
      }
      outcome =
          webhooks.change(
              current.id(), current.version(), content, CurrentCaller.clientInfo(context));
    } while (outcome instanceof Outcome.VersionConflict);
    answers.send(context, answers.requireDone(context, outcome).status());
  }

  private void delete(Context context) {
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    if (!webhooks.delete(WebhookAnswers.id(context), CurrentCaller.clientInfo(context))) {
      throw WebhookAnswers.notFound();
    }
    Responses.noContent(context);
  }

  private void pause(Context context) {
    IdempotencyFilter.ignoreKey(context);
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    Outcome outcome = webhooks.pause(WebhookAnswers.id(context), CurrentCaller.clientInfo(context));
    answers.send(context, answers.requireDone(context, outcome).status());
  }

  private void resume(Context context) {
    IdempotencyFilter.ignoreKey(context);
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    Outcome outcome =
        webhooks.resume(WebhookAnswers.id(context), CurrentCaller.clientInfo(context));
    answers.send(context, answers.requireDone(context, outcome).status());
  }

  private JsonNode body(Context context) {
    return json.read(RequestBody.json(context, MAX_BODY_BYTES));
  }

  private EndpointStatus endpoint(Context context) {
    return manageWebhooks
        .as(CurrentCaller.of(context))
        .find(WebhookAnswers.id(context))
        .orElseThrow(WebhookAnswers::notFound);
  }
}
