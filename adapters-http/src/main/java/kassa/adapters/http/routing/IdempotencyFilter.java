package kassa.adapters.http.routing;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import kassa.adapters.http.json.CanonicalJson;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.json.MalformedJsonException;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.problem.RequestViolation;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.idempotency.Execution;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.Recording;
import kassa.application.idempotency.RequestFingerprint;
import kassa.application.idempotency.RequestFingerprint.Difference;
import kassa.application.idempotency.RunIdempotently;
import kassa.domain.InvalidValueException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Idempotency of POST requests with an {@code Idempotency-Key}: executes the first request, whose
 * change is stored with the response, and replays it for retries. Requests that change nothing,
 * rejected ones included, are not stored; a retry executes them again. See docs/decisions/0123 and
 * 0137.
 */
public final class IdempotencyFilter {

  static final String HEADER = "Idempotency-Key";

  private static final String REQUEST_ATTRIBUTE = "kassa.idempotent-request";

  /** Maximum size of a body with an idempotency key, in bytes. */
  private static final int MAX_BODY_BYTES = RequestBody.MAX_BUFFERED_BYTES;

  private final RunIdempotently runIdempotently;
  private final JsonCodec json;

  public IdempotencyFilter(RunIdempotently runIdempotently, JsonCodec json) {
    this.runIdempotently = runIdempotently;
    this.json = json;
  }

  /** Handles a request with its route, or replays the stored response. */
  void handle(Route route, Context context) throws Exception {
    IdempotencyKey key = route.method().equals(HandlerType.POST) ? key(context) : null;
    if (key == null || route.handlesIdempotency() || isDryRun(route, context)) {
      route.handle(context);
      return;
    }
    byte[] body = RequestBody.buffer(context, MAX_BODY_BYTES);
    IdempotentRequest request =
        new IdempotentRequest(key, fingerprint(context, body, parsedOrNull(body)));
    context.attribute(REQUEST_ATTRIBUTE, request);
    Execution<Optional<ProblemException>> execution =
        runIdempotently.run(request, () -> rejection(route, context), Optional::isEmpty);
    switch (execution) {
      case Execution.Completed(Optional<ProblemException> rejection, _) -> {
        if (rejection.isPresent()) {
          throw rejection.get();
        }
      }
      case Execution.StoredResponse(String content) ->
          replay(context, StoredResponse.ofContent(content));
      case Execution.InProgress() -> throw new ProblemException(requestInProgress());
      case Execution.KeyReused(Difference difference) ->
          throw new ProblemException(keyReused(difference));
    }
  }

  /** Handles a request, and returns the problem of a rejected one. */
  private static Optional<ProblemException> rejection(Route route, Context context)
      throws Exception {
    try {
      route.handle(context);
      return Optional.empty();
    } catch (ProblemException rejection) {
      return Optional.of(rejection);
    }
  }

  /**
   * Returns the recording of the current request, with which its change stores the response.
   *
   * @param toResponse creates the response from the result
   */
  public static <R> Recording<R> recording(
      Context context, Function<R, StoredResponse> toResponse) {
    IdempotentRequest request = context.attribute(REQUEST_ATTRIBUTE);
    return request == null
        ? Recording.none()
        : (result, at) ->
            request.toRecord(new Result.Response(toResponse.apply(result).toContent()), at);
  }

  /**
   * Returns the idempotency key of a request, which is scoped to its caller; {@code null} if there
   * is none.
   *
   * @throws ProblemException if the header is not a valid key
   */
  public static @Nullable IdempotencyKey key(Context context) {
    String text = context.header(HEADER);
    if (text == null) {
      return null;
    }
    try {
      return new IdempotencyKey(CurrentCaller.of(context).name(), text);
    } catch (InvalidValueException invalid) {
      throw new ProblemException(
          new RequestViolation.Header(
              HEADER,
              invalid.reason().code(),
              "an idempotency key must have 1 to "
                  + IdempotencyKey.MAX_LENGTH
                  + " printable ASCII characters without spaces"));
    }
  }

  /** An invalid value is rejected by the handler, which checks the permission first. */
  private static boolean isDryRun(Route route, Context context) {
    return route.parameters().contains("dryRun") && QueryParameters.of(context).bool("dryRun");
  }

  private @Nullable JsonNode parsedOrNull(byte[] body) {
    try {
      return body.length == 0 ? null : json.read(body);
    } catch (MalformedJsonException malformed) {
      return null;
    }
  }

  /**
   * Returns the fingerprint of a request: path, query and body.
   *
   * @param parsed the body as JSON; {@code null} if it is not JSON
   */
  public static String fingerprint(Context context, byte[] body, @Nullable JsonNode parsed) {
    String query = context.queryString();
    return fingerprint(context.path() + (query == null ? "" : "?" + query), body, parsed);
  }

  /** Returns the fingerprint of a body for a path. */
  public static String fingerprint(String target, byte[] body, @Nullable JsonNode parsed) {
    return new RequestFingerprint(
            "POST " + target,
            sha256(body),
            parsed == null ? null : sha256(CanonicalJson.write(parsed)))
        .toString();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is not available", missing);
    }
  }

  /** Sends a stored response again, with {@code Idempotent-Replayed: true}. */
  public static void replay(Context context, StoredResponse response) {
    markReplayed(context);
    response.send(context);
  }

  /** Marks a response as a replay. */
  public static void markReplayed(Context context) {
    context.header("Idempotent-Replayed", "true");
  }

  public static Problem requestInProgress() {
    return Problem.of(
        ProblemKind.REQUEST_IN_PROGRESS,
        "A request with this idempotency key is still running. Retry to get its response.");
  }

  /** Returns the problem of a key that was used for a request that differs in this part. */
  public static Problem keyReused(Difference difference) {
    String part =
        switch (difference) {
          case PATH -> "path";
          case QUERY -> "query string";
          case BODY -> "body (compared as JSON, without regard to spaces and key order)";
        };
    return Problem.of(
        ProblemKind.IDEMPOTENCY_KEY_REUSED,
        "Nothing was changed. This idempotency key belongs to an earlier request with a different "
            + part
            + ". To retry that request, send it unchanged; it may have succeeded.");
  }

  /**
   * Checks the idempotency key of a request that changes nothing, and ignores it.
   *
   * @throws ProblemException if the header is not a valid key
   */
  public static void ignoreKey(Context context) {
    var _ = key(context);
  }

  /**
   * Rejects idempotency keys, for endpoints whose body is not buffered or whose response is a
   * secret.
   *
   * @param advice what the client can do instead
   * @throws ProblemException if the request has a key
   */
  public static void refuseKey(Context context, String advice) {
    if (context.header(HEADER) != null) {
      throw new ProblemException(new RequestViolation.Header(HEADER, "not_supported", advice));
    }
  }
}
