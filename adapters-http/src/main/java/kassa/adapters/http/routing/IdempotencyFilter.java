package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.problem.RequestViolation;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.security.CurrentCaller;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RunIdempotently;
import kassa.application.idempotency.RunIdempotently.Start;
import kassa.application.idempotency.StoredResponse;
import kassa.domain.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency of POST requests with an {@code Idempotency-Key}: executes the first request, stores
 * its response and replays it for retries. Rejected requests change nothing and are not stored; a
 * retry executes them again. See docs/decisions/0090.
 */
public final class IdempotencyFilter {

  static final String HEADER = "Idempotency-Key";

  private static final String PENDING_ATTRIBUTE = "kassa.pending-request";

  /** Started request with an idempotency key whose response is not stored yet. */
  private record PendingRequest(IdempotencyKey key, String fingerprint, Start.Started started) {}

  /** Maximum size of a body with an idempotency key, in bytes. */
  private static final int MAX_BODY_BYTES = RequestBody.MAX_BUFFERED_BYTES;

  private final RunIdempotently runIdempotently;

  public IdempotencyFilter(RunIdempotently runIdempotently) {
    this.runIdempotently = runIdempotently;
  }

  /** Handles a request with its route, or replays the stored response. */
  void handle(Route route, Context context) throws Exception {
    IdempotencyKey key = route.method().equals(HandlerType.POST) ? key(context) : null;
    if (key == null || route.handlesIdempotency()) {
      route.handle(context);
      return;
    }
    String fingerprint = fingerprint(context, RequestBody.buffer(context, MAX_BODY_BYTES));
    switch (runIdempotently.start(key, fingerprint)) {
      case Start.Started started -> {
        try (started) {
          handle(route, context, new PendingRequest(key, fingerprint, started));
        }
      }
      case Start.Replayed(StoredResponse response) -> replay(context, response);
      case Start.InProgress() -> throw new ProblemException(requestInProgress());
      case Start.KeyReused() -> throw new ProblemException(keyReused());
    }
  }

  /**
   * Handles the first request with a key. A rejection can be caused by the same request on another
   * node (a conflict with its own result); then the stored response of that node is replayed.
   */
  private static void handle(Route route, Context context, PendingRequest pending)
      throws Exception {
    context.attribute(PENDING_ATTRIBUTE, pending);
    try {
      route.handle(context);
    } catch (ProblemException rejection) {
      IdempotencyRecord record =
          pending.started().findStoredMeanwhile().orElseThrow(() -> rejection);
      if (!record.fingerprint().equals(pending.fingerprint())) {
        throw new ProblemException(keyReused());
      }
      replay(context, record.response());
    }
  }

  /**
   * Returns the current request with its idempotency key, for a store that saves the response in
   * the same transaction as the change.
   *
   * @param toResponse creates the response from the result
   * @return {@code null} if the request has no key
   */
  public static <T> @Nullable IdempotentRequest<T> idempotentRequest(
      Context context, Function<T, StoredResponse> toResponse) {
    PendingRequest pending = context.attribute(PENDING_ATTRIBUTE);
    if (pending == null) {
      return null;
    }
    // From here on the store saves the response, and not this filter.
    context.attribute(PENDING_ATTRIBUTE, null);
    return new IdempotentRequest<>(pending.key(), pending.fingerprint(), toResponse);
  }

  /** Returns the problem of a request whose key another node uses at the same time. */
  public static ProblemException keyInUse() {
    return new ProblemException(requestInProgress());
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
              invalid.reason().name().toLowerCase(Locale.ROOT),
              "an idempotency key must have 1 to "
                  + IdempotencyKey.MAX_LENGTH
                  + " printable ASCII characters without spaces"));
    }
  }

  /** Returns the fingerprint of a request: path, query and SHA-256 of the body. */
  public static String fingerprint(Context context, byte[] body) {
    String query = context.queryString();
    return fingerprint(context.path() + (query == null ? "" : "?" + query), body);
  }

  /** Returns the fingerprint of a body for a path: the path and SHA-256 of the body. */
  public static String fingerprint(String path, byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "POST " + path + " " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("SHA-256 is not available", missing);
    }
  }

  /**
   * Stores a successful response if the request has a key and its response is not stored yet.
   *
   * @return the response to send; {@code null} if there is no key, the response is already stored,
   *     or the status is not 2xx
   */
  static @Nullable StoredResponse store(Context context, int status, byte[] body) {
    PendingRequest pending = context.attribute(PENDING_ATTRIBUTE);
    if (pending == null || status < 200 || status > 299) {
      return null;
    }
    IdempotencyRecord stored =
        pending
            .started()
            .store(
                new StoredResponse(
                    status,
                    context.res().getHeader("Location"),
                    context.res().getHeader("ETag"),
                    new String(body, UTF_8)));
    return stored.response();
  }

  /** Sends a stored response again, with {@code Idempotent-Replayed: true}. */
  public static void replay(Context context, StoredResponse response) {
    context.header("Idempotent-Replayed", "true");
    if (response.location() != null) {
      context.header("Location", response.location());
    }
    if (response.entityTag() != null) {
      context.header("ETag", response.entityTag());
    }
    if (response.body().isEmpty()) {
      context.res().setStatus(response.status());
    } else {
      Responses.send(context, response.status(), Responses.JSON, response.body().getBytes(UTF_8));
    }
  }

  public static Problem requestInProgress() {
    return Problem.of(
        ProblemKind.REQUEST_IN_PROGRESS,
        "A request with this idempotency key is still running. Retry to get its response.");
  }

  public static Problem keyReused() {
    return Problem.of(
        ProblemKind.IDEMPOTENCY_KEY_REUSED,
        "Nothing was changed. Another request used this idempotency key with a different path or"
            + " body; use a new key.");
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
