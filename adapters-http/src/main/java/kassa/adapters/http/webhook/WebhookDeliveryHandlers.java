package kassa.adapters.http.webhook;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.json.JsonNodeInput;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.page.PageReader;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.PathParameters;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.routing.IdempotencyFilter;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.port.in.Secured;
import kassa.application.port.in.webhook.ManageWebhooks;
import kassa.application.port.in.webhook.ManageWebhooks.Outcome;
import kassa.domain.InvalidValueException;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.event.EventPosition;
import kassa.domain.json.JsonObjectReader;
import kassa.domain.json.Violations;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/** Secrets, deliveries, replays and tests of webhook endpoints. */
public final class WebhookDeliveryHandlers {

  /** Maximum length of a cursor, in characters. */
  private static final int MAX_CURSOR_LENGTH = 8_192;

  /** Cursor before the oldest event. */
  private static final String OLDEST = "oldest";

  private final Secured<ManageWebhooks> manageWebhooks;
  private final WebhookAnswers answers;
  private final PageReader<Delivery, DeliveryId, DeliveryResponse> pages;
  private final JsonCodec json;
  private final Responses responses;

  public WebhookDeliveryHandlers(
      Secured<ManageWebhooks> manageWebhooks,
      Cursors cursors,
      JsonCodec json,
      Responses responses) {
    this.manageWebhooks = manageWebhooks;
    this.answers = new WebhookAnswers(cursors, responses);
    this.pages =
        new PageReader<>(cursors, CursorType.DELIVERIES, Delivery::id, DeliveryResponse::of);
    this.json = json;
    this.responses = responses;
  }

  public List<Route> routes() {
    return List.of(
        Route.post("/v1/webhook-endpoints/{id}/secrets", this::rotate)
            .handlingIdempotency()
            .withoutCompression(),
        Route.delete("/v1/webhook-endpoints/{id}/secrets/{number}", this::removeSecret),
        Route.get(
            "/v1/webhook-endpoints/{id}/deliveries", this::deliveries, "state", "limit", "cursor"),
        Route.post("/v1/webhook-endpoints/{id}/deliveries/{deliveryId}/resend", this::resend)
            .handlingIdempotency(),
        Route.post("/v1/webhook-endpoints/{id}/replay", this::replay).handlingIdempotency(),
        Route.post("/v1/webhook-endpoints/{id}/test", this::test).handlingIdempotency());
  }

  private void rotate(Context context) {
    IdempotencyFilter.refuseKey(
        context, "requests and responses with secrets are not stored; omit the header");
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    Duration keepOldFor = keepOldFor(context);
    Outcome outcome =
        webhooks.rotateSecret(
            WebhookAnswers.id(context), keepOldFor, CurrentCaller.clientInfo(context));
    answers.sendSecret(context, 201, answers.requireDone(context, outcome));
  }

  private @Nullable Duration keepOldFor(Context context) {
    byte[] body = RequestBody.optionalJson(context, WebhookHandlers.MAX_BODY_BYTES);
    if (body == null) {
      return null;
    }
    Violations violations = new Violations();
    JsonObjectReader fields = JsonNodeInput.reader(json.read(body), violations);
    Long seconds =
        fields.optionalInteger("keepOldForSeconds", 0, ManageWebhooks.MAX_KEEP_OLD.toSeconds());
    fields.rejectUnknownFields();
    if (!violations.isEmpty()) {
      throw new ProblemException(Problem.of(violations));
    }
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  private void removeSecret(Context context) {
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    WebhookEndpointId id = WebhookAnswers.id(context);
    String number = context.pathParam("number");
    Outcome outcome =
        number.matches("[1-9][0-9]{0,8}")
            ? webhooks.removeSecret(id, Integer.parseInt(number), CurrentCaller.clientInfo(context))
            : new Outcome.NotFound();
    if (outcome instanceof Outcome.NotFound) {
      throw new ProblemException(
          ProblemKind.NOT_FOUND,
          "There is no such secret, or it is the newest one, which stays in use.");
    }
    Responses.noContent(context);
  }

  private void deliveries(Context context) {
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    QueryParameters query = QueryParameters.of(context);
    DeliveryState state = query.word("state", DeliveryState.class);
    responses.ok(
        context,
        pages.read(
            query,
            (before, limit) -> {
              WebhookEndpointId id = WebhookAnswers.id(context);
              if (webhooks.find(id).isEmpty()) {
                throw WebhookAnswers.notFound();
              }
              return webhooks.deliveries(id, before, state, limit);
            }));
  }

  private void resend(Context context) {
    IdempotencyFilter.ignoreKey(context);
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    DeliveryId delivery =
        PathParameters.parse(context, "deliveryId", DeliveryId::parse)
            .orElseThrow(WebhookDeliveryHandlers::noDelivery);
    responses.ok(
        context,
        webhooks
            .resend(WebhookAnswers.id(context), delivery, CurrentCaller.clientInfo(context))
            .map(DeliveryResponse::of)
            .orElseThrow(WebhookDeliveryHandlers::noDelivery));
  }

  private void replay(Context context) {
    IdempotencyFilter.ignoreKey(context);
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    Violations violations = new Violations();
    JsonObjectReader fields =
        JsonNodeInput.reader(
            json.read(RequestBody.json(context, WebhookHandlers.MAX_BODY_BYTES)), violations);
    String after = fields.requiredText("after", WebhookDeliveryHandlers::cursor);
    fields.rejectUnknownFields();
    if (after == null || !violations.isEmpty()) {
      throw new ProblemException(Problem.of(violations));
    }
    EventPosition position = after.equals(OLDEST) ? EventPosition.START : answers.position(after);
    Outcome outcome =
        webhooks.replay(WebhookAnswers.id(context), position, CurrentCaller.clientInfo(context));
    responses.ok(context, answers.response(answers.requireDone(context, outcome).status()));
  }

  private static String cursor(String text) {
    if (text.isEmpty() || text.length() > MAX_CURSOR_LENGTH) {
      throw new InvalidValueException(Reason.MALFORMED, "after must be a cursor of events");
    }
    return text;
  }

  private void test(Context context) {
    IdempotencyFilter.ignoreKey(context);
    ManageWebhooks webhooks = manageWebhooks.as(CurrentCaller.of(context));
    responses.ok(
        context,
        webhooks
            .test(WebhookAnswers.id(context))
            .map(DeliveryResponse.AttemptResponse::of)
            .orElseThrow(WebhookAnswers::notFound));
  }

  private static ProblemException noDelivery() {
    return new ProblemException(
        ProblemKind.NOT_FOUND, "The webhook endpoint has no such delivery.");
  }
}
