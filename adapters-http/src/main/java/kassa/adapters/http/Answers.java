package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import kassa.adapters.http.json.JsonCodec;
import kassa.application.idempotency.Answer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes answers: whole, with their length, straight to the response. The framework's own way
 * copies them once more.
 */
final class Answers {

  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";
  static final String RETRY_AFTER_SECONDS = "1";
  private static final int UNAUTHORIZED = 401;
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private final JsonCodec json;

  Answers(JsonCodec json) {
    this.json = json;
  }

  void ok(Context context, Object message) {
    send(context, 200, message);
  }

  /** An answer that is kept before it is sent. */
  Answer kept(int status, @Nullable String location, @Nullable String entityTag, Object message) {
    return new Answer(status, location, entityTag, new String(json.write(message), UTF_8));
  }

  void send(Context context, int status, Object message) {
    byte[] body = json.write(message);
    Answer kept = Idempotency.keep(context, status, body);
    if (kept == null) {
      send(context, status, JSON, body);
    } else {
      send(context, kept.status(), JSON, kept.body().getBytes(UTF_8));
    }
  }

  void problem(Context context, Problem problem) {
    if (problem.kind().isPassing()) {
      context.header("Retry-After", RETRY_AFTER_SECONDS);
    }
    if (problem.kind().status() == UNAUTHORIZED) {
      context.header("WWW-Authenticate", "Bearer");
    }
    byte[] body = json.write(problem.toResponse(RequestIds.of(context)));
    send(context, problem.kind().status(), PROBLEM, body);
  }

  /** A time as headers tell it: in whole seconds, no less than it is, and one at least. */
  static long seconds(Duration time) {
    return Math.max(1, time.plusSeconds(1).minusNanos(1).toSeconds());
  }

  /** Sends nothing but that the caller has it all. */
  static void notModified(Context context) {
    nothing(context, 304);
  }

  /** Sends nothing but that it was done. */
  static void noContent(Context context) {
    Idempotency.keep(context, 204, new byte[0]);
    closeBehindUnreadBody(context);
    nothing(context, 204);
  }

  /** Left alone, the framework calls nothing text. */
  private static void nothing(Context context, int status) {
    context.res().setStatus(status);
    context.res().setContentType(null);
  }

  /** Sends a body that is ready. */
  static void send(Context context, int status, String contentType, byte[] body) {
    HttpServletResponse response = context.res();
    if (response.isCommitted()) {
      return;
    }
    closeBehindUnreadBody(context);
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(body.length);
    try {
      response.getOutputStream().write(body);
    } catch (IOException gone) {
      LOG.debug("Request {} was not waited for", RequestIds.of(context), gone);
    }
  }

  /** The server closes the connection then, which a client that keeps it has to know. */
  private static void closeBehindUnreadBody(Context context) {
    if (RequestBody.isUnread(context)) {
      context.res().setHeader("Connection", "close");
    }
  }
}
