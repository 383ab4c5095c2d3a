package kassa.adapters.http.webhook;

import io.javalin.http.Context;
import java.util.Objects;
import kassa.adapters.http.page.CursorType;
import kassa.adapters.http.page.Cursors;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.EntityTags;
import kassa.adapters.http.request.PathParameters;
import kassa.adapters.http.routing.Responses;
import kassa.application.port.in.webhook.ManageWebhooks;
import kassa.application.port.in.webhook.ManageWebhooks.Outcome;
import kassa.application.port.in.webhook.ManageWebhooks.UrlProblem;
import kassa.domain.event.EventPosition;
import kassa.domain.json.Violations;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.WebhookEndpointId;

/** Answers of the calls on webhook endpoints. */
final class WebhookAnswers {

  private final Cursors cursors;
  private final Responses responses;

  WebhookAnswers(Cursors cursors, Responses responses) {
    this.cursors = cursors;
    this.responses = responses;
  }

  WebhookResponse response(EndpointStatus status) {
    return WebhookResponse.of(status, this::cursor);
  }

  /** Returns the cursor of a position, as the list of events has it. */
  String cursor(EventPosition position) {
    return cursors.encode(CursorType.EVENTS, position, "");
  }

  /** Returns the position of a cursor. */
  EventPosition position(String cursor) {
    return cursors.decode(CursorType.EVENTS, cursor, "");
  }

  void send(Context context, EndpointStatus status) {
    context.header("ETag", EntityTags.of(status.endpoint()));
    responses.ok(context, response(status));
  }

  void sendSecret(Context context, int httpStatus, Outcome.Done done) {
    context.header("ETag", EntityTags.of(done.status().endpoint()));
    responses.send(
        context,
        httpStatus,
        new WebhookSecretResponse(Objects.requireNonNull(done.secret()), response(done.status())));
  }

  /** Returns the result of a change, or throws the problem of the outcome. */
  Outcome.Done requireDone(Context context, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done done -> done;
      case Outcome.NotFound() -> throw notFound();
      case Outcome.VersionConflict() ->
          throw EntityTags.preconditionFailed(context, "webhook endpoint");
      case Outcome.TooManyEndpoints() ->
          throw new ProblemException(
              ProblemKind.TOO_MANY_WEBHOOKS,
              "Nothing was changed. There can be %s webhook endpoints; delete one first."
                  .formatted(ManageWebhooks.MAX_ENDPOINTS));
      case Outcome.TooManySecrets() ->
          throw new ProblemException(
              ProblemKind.TOO_MANY_SECRETS,
              "Nothing was changed. Two secrets are in use; remove the old one first.");
      case Outcome.UrlRefused(UrlProblem reason) -> throw refused(reason);
    };
  }

  private static ProblemException refused(UrlProblem reason) {
    Violations violations = new Violations();
    switch (reason) {
      case UNKNOWN_HOST ->
          violations.addInvalid("/url", "unknown_host", "the host of url is unknown");
      case ADDRESS_NOT_ALLOWED ->
          violations.addInvalid(
              "/url",
              "address_not_allowed",
              "the host of url has an address that is not public, and that"
                  + " KASSA_WEBHOOK_NETWORKS does not allow");
      case HTTPS_REQUIRED ->
          violations.addInvalid(
              "/url",
              "https_required",
              "url must begin with https://, unless KASSA_WEBHOOK_NETWORKS allows the address");
    }
    return new ProblemException(Problem.of(violations));
  }

  static WebhookEndpointId id(Context context) {
    return PathParameters.parse(context, "id", WebhookEndpointId::parse)
        .orElseThrow(WebhookAnswers::notFound);
  }

  static ProblemException notFound() {
    return new ProblemException(ProblemKind.NOT_FOUND, "The webhook endpoint does not exist.");
  }
}
