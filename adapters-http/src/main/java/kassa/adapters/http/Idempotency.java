package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import kassa.adapters.http.json.Fault;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.CallOnce;
import kassa.application.port.in.CallOnce.Beginning;
import kassa.domain.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * Does a POST that carries an {@code Idempotency-Key} once, and answers it alike each time. What
 * was refused has changed nothing and is decided anew. See docs/decisions/0090.
 */
final class Idempotency {

  static final String HEADER = "Idempotency-Key";

  private static final String UNDER_WAY = "kassa.call-under-way";

  /** A call with a key that has begun and whose answer is not kept yet. */
  private record UnderWay(IdempotencyKey key, String request, Beginning.Begun begun) {}

  /** No body with a key is larger than that of a batch. */
  private static final int LARGEST_BODY = BatchHandler.LARGEST_BODY;

  private final CallOnce callOnce;

  Idempotency(CallOnce callOnce) {
    this.callOnce = callOnce;
  }

  /** Handles a request by its route, unless it was handled before. */
  void handle(Route route, Context context) throws Exception {
    IdempotencyKey key = route.method().equals(HandlerType.POST) ? key(context) : null;
    if (key == null || route.keepsKeys()) {
      route.handle(context);
      return;
    }
    String request = request(context, RequestBody.buffer(context, LARGEST_BODY));
    switch (callOnce.begin(key, request)) {
      case Beginning.Begun begun -> {
        try (begun) {
          handle(route, context, new UnderWay(key, request, begun));
        }
      }
      case Beginning.Done(Answer answer) -> replay(context, answer);
      case Beginning.UnderWay() -> throw new ProblemException(underWay());
      case Beginning.OtherRequest() -> throw new ProblemException(otherRequest());
    }
  }

  /** What is in the way of a call may be what the same call has done on another node. */
  private static void handle(Route route, Context context, UnderWay call) throws Exception {
    context.attribute(UNDER_WAY, call);
    try {
      route.handle(context);
    } catch (ProblemException refused) {
      KeptAnswer kept = call.begun().keptMeanwhile().orElseThrow(() -> refused);
      if (!kept.request().equals(call.request())) {
        throw new ProblemException(otherRequest());
      }
      replay(context, kept.answer());
    }
  }

  /**
   * The call that is under way, for a store that keeps its answer with what is done.
   *
   * @param answer makes the answer of what was made
   * @return {@code null} if it has no key
   */
  static <T> @Nullable KeyedCall<T> call(Context context, Function<T, Answer> answer) {
    UnderWay call = context.attribute(UNDER_WAY);
    if (call == null) {
      return null;
    }
    // From now on it is not for the adapter to keep its answer.
    context.attribute(UNDER_WAY, null);
    return new KeyedCall<>(call.key(), call.request(), answer);
  }

  /** Another node keeps the answer to the same call at this moment. */
  static ProblemException keyTaken() {
    return new ProblemException(underWay());
  }

  /**
   * The key of a request, if it has one. Nobody else has the same.
   *
   * @throws ProblemException if it is none
   */
  static @Nullable IdempotencyKey key(Context context) {
    String text = context.header(HEADER);
    if (text == null) {
      return null;
    }
    try {
      return new IdempotencyKey(Callers.of(context).name(), text);
    } catch (InvalidValueException invalid) {
      throw new ProblemException(
          Fault.Place.HEADER,
          HEADER,
          invalid.reason().name().toLowerCase(Locale.ROOT),
          "an idempotency key has 1 to "
              + IdempotencyKey.LONGEST
              + " printable characters of ASCII, and no spaces");
    }
  }

  /** The same text for the same request and no other. */
  static String request(Context context, byte[] body) {
    String query = context.queryString();
    return request(context.path() + (query == null ? "" : "?" + query), body);
  }

  /** The same text for the same body to the same path and no other. */
  static String request(String path, byte[] body) {
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
  static @Nullable Answer keep(Context context, int status, byte[] body) {
    UnderWay call = context.attribute(UNDER_WAY);
    if (call == null || status < 200 || status > 299) {
      return null;
    }
    KeptAnswer kept =
        call.begun()
            .keep(
                new Answer(
                    status,
                    context.res().getHeader("Location"),
                    context.res().getHeader("ETag"),
                    new String(body, UTF_8)));
    return kept.answer();
  }

  /** Gives an answer again. */
  static void replay(Context context, Answer answer) {
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
      Answers.send(context, answer.status(), Answers.JSON, answer.body().getBytes(UTF_8));
    }
  }

  static Problem underWay() {
    return Problem.of(
        ProblemKind.REQUEST_IN_PROGRESS,
        "The same request is under way; try again for its answer.");
  }

  static Problem otherRequest() {
    return Problem.of(
        ProblemKind.IDEMPOTENCY_KEY_REUSED,
        "The key was used for another request; it takes a new one. Nothing was changed.");
  }

  /**
   * For a call whose body is not held, or whose answer is a secret.
   *
   * @throws ProblemException if the request has a key
   */
  static void refuseKey(Context context, String instead) {
    if (context.header(HEADER) != null) {
      throw new ProblemException(Fault.Place.HEADER, HEADER, "not_supported", instead);
    }
  }
}
