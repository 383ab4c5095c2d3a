package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import kassa.adapters.http.json.Fault;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
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
 * Does a POST that carries an {@code Idempotency-Key} once, and answers it alike each time. What
 * was refused has changed nothing and is decided anew. See docs/decisions/0090.
 */
public final class IdempotencyFilter {

  static final String HEADER = "Idempotency-Key";

  private static final String PENDING_ATTRIBUTE = "kassa.call-under-way";

  /** A call with a key that has begun and whose answer is not kept yet. */
  private record PendingRequest(IdempotencyKey key, String fingerprint, Start.Started started) {}

  /** No body with a key is larger than that of a batch. */
  private static final int MAX_BODY_BYTES = RequestBody.MAX_BUFFERED_BYTES;

  private final RunIdempotently runIdempotently;

  public IdempotencyFilter(RunIdempotently runIdempotently) {
    this.runIdempotently = runIdempotently;
  }

  /** Handles a request by its route, unless it was handled before. */
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
      case Start.Replayed(StoredResponse answer) -> replay(context, answer);
      case Start.InProgress() -> throw new ProblemException(requestInProgress());
      case Start.KeyReused() -> throw new ProblemException(keyReused());
    }
  }

  /** What is in the way of a call may be what the same call has done on another node. */
  private static void handle(Route route, Context context, PendingRequest pending)
      throws Exception {
    context.attribute(PENDING_ATTRIBUTE, pending);
    try {
      route.handle(context);
    } catch (ProblemException refused) {
      IdempotencyRecord record = pending.started().findStoredMeanwhile().orElseThrow(() -> refused);
      if (!record.fingerprint().equals(pending.fingerprint())) {
        throw new ProblemException(keyReused());
      }
      replay(context, record.response());
    }
  }

  /**
   * The call that is under way, for a store that keeps its answer with what is done.
   *
   * @param toResponse makes the answer of what was made
   * @return {@code null} if it has no key
   */
  public static <T> @Nullable IdempotentRequest<T> idempotentRequest(
      Context context, Function<T, StoredResponse> toResponse) {
    PendingRequest pending = context.attribute(PENDING_ATTRIBUTE);
    if (pending == null) {
      return null;
    }
    // From now on it is not for the adapter to keep its answer.
    context.attribute(PENDING_ATTRIBUTE, null);
    return new IdempotentRequest<>(pending.key(), pending.fingerprint(), toResponse);
  }

  /** Another node keeps the answer to the same call at this moment. */
  public static ProblemException keyInUse() {
    return new ProblemException(requestInProgress());
  }

  /**
   * The key of a request, if it has one. Nobody else has the same.
   *
   * @throws ProblemException if it is none
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
          Fault.Place.HEADER,
          HEADER,
          invalid.reason().name().toLowerCase(Locale.ROOT),
          "an idempotency key has 1 to "
              + IdempotencyKey.MAX_LENGTH
              + " printable characters of ASCII, and no spaces");
    }
  }

  /** The same text for the same request and no other. */
  public static String fingerprint(Context context, byte[] body) {
    String query = context.queryString();
    return fingerprint(context.path() + (query == null ? "" : "?" + query), body);
  }

  /** The same text for the same body to the same path and no other. */
  public static String fingerprint(String path, byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return "POST " + path + " " + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /**
   * Keeps the answer to a call that is under way with a key and has changed nothing.
   *
   * @return the answer to send; {@code null} if there is no key, the answer is kept already, or it
   *     is a refusal
   */
  static @Nullable StoredResponse store(Context context, int status, byte[] body) {
    PendingRequest pending = context.attribute(PENDING_ATTRIBUTE);
    if (pending == null || status < 200 || status > 299) {
      return null;
    }
    IdempotencyRecord kept =
        pending
            .started()
            .store(
                new StoredResponse(
                    status,
                    context.res().getHeader("Location"),
                    context.res().getHeader("ETag"),
                    new String(body, UTF_8)));
    return kept.response();
  }

  /** Gives an answer again. */
  public static void replay(Context context, StoredResponse answer) {
    context.header("Idempotent-Replayed", "true");
    if (answer.location() != null) {
      context.header("Location", answer.location());
    }
    if (answer.entityTag() != null) {
      context.header("ETag", answer.entityTag());
    }
    if (answer.body().isEmpty()) {
      context.res().setStatus(answer.status());
    } else {
      Responses.send(context, answer.status(), Responses.JSON, answer.body().getBytes(UTF_8));
    }
  }

  public static Problem requestInProgress() {
    return Problem.of(
        ProblemKind.REQUEST_IN_PROGRESS,
        "The same request is under way; try again for its answer.");
  }

  public static Problem keyReused() {
    return Problem.of(
        ProblemKind.IDEMPOTENCY_KEY_REUSED,
        "The key was used for another request; it takes a new one. Nothing was changed.");
  }

  /**
   * For a call whose body is not held, or whose answer is a secret.
   *
   * @throws ProblemException if the request has a key
   */
  public static void refuseKey(Context context, String instead) {
    if (context.header(HEADER) != null) {
      throw new ProblemException(Fault.Place.HEADER, HEADER, "not_supported", instead);
    }
  }
}
