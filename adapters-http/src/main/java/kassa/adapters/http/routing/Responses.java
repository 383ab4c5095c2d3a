package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.memory.MemoryBudget;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.request.RequestBody;
import kassa.adapters.http.request.RequestIds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes JSON responses with {@code Content-Length} directly to the servlet response. Javalin would
 * copy the body once more.
 */
public final class Responses {

  public static final String JSON = "application/json";
  public static final String PROBLEM_JSON = "application/problem+json";
  public static final String RETRY_AFTER_SECONDS = "1";
  private static final int UNAUTHORIZED = 401;
  private static final Logger LOG = LoggerFactory.getLogger(Responses.class);

  private final JsonCodec json;

  public Responses(JsonCodec json) {
    this.json = json;
  }

  public void ok(Context context, Object message) {
    send(context, 200, message);
  }

  /** Creates a response that is stored before it is sent. */
  public StoredResponse toStoredResponse(
      int status, @Nullable String location, @Nullable String entityTag, Object message) {
    return new StoredResponse(status, location, entityTag, new String(json.write(message), UTF_8));
  }

  public void send(Context context, int status, Object message) {
    send(context, status, JSON, json.write(message));
  }

  void problem(Context context, Problem problem) {
    if (problem.kind().isTransient()) {
      context.header("Retry-After", RETRY_AFTER_SECONDS);
    }
    if (problem.kind().status() == UNAUTHORIZED) {
      context.header("WWW-Authenticate", "Bearer");
    }
    byte[] body =
        json.write(
            ObservedRequest.withTraceId(problem, context).toResponse(RequestIds.of(context)));
    send(context, problem.kind().status(), PROBLEM_JSON, body);
  }

  /** Converts a duration to whole seconds for a header: rounded up, at least 1. */
  public static long toHeaderSeconds(Duration time) {
    return Math.max(1, time.plusSeconds(1).minusNanos(1).toSeconds());
  }

  /** Sends 304 Not Modified. */
  public static void notModified(Context context) {
    sendEmpty(context, 304);
  }

  /** Sends 204 No Content. */
  public static void noContent(Context context) {
    closeConnectionIfBodyUnread(context);
    sendEmpty(context, 204);
  }

  /** Removes the content type, because Javalin would set text/plain for an empty body. */
  private static void sendEmpty(Context context, int status) {
    context.res().setStatus(status);
    context.res().setContentType(null);
  }

  /** Sends a body, compressed if it is long and the client accepts it. */
  public static void send(Context context, int status, String contentType, byte[] body) {
    if (!context.res().isCommitted()) {
      if (context.method().equals(HandlerType.GET)) {
        MemoryBudget.reserve(body.length);
      } else {
        // A response to a change is always sent, because the change is made.
        MemoryBudget.count(body.length);
      }
      sendEncoded(context, status, contentType, GzipEncoding.encode(context, body));
    }
  }

  /** Sends a body whose content coding is already chosen. */
  public static void sendEncoded(Context context, int status, String contentType, byte[] body) {
    HttpServletResponse response = context.res();
    closeConnectionIfBodyUnread(context);
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(body.length);
    Permit.beginResponse(context, body.length);
    try {
      response.getOutputStream().write(body);
    } catch (IOException disconnected) {
      LOG.debug("Client of request {} disconnected", RequestIds.of(context), disconnected);
    }
  }

  /**
   * Announces that the server closes the connection: Jetty does so if the body is unread, and a
   * client with a connection pool must know. A rejection of a small body leaves the connection
   * open: under overload new connections would cost more than the rejections.
   */
  private static void closeConnectionIfBodyUnread(Context context) {
    if (RequestBody.isUnread(context) && !RequestBody.discardIfArrived(context)) {
      context.res().setHeader("Connection", "close");
    }
  }
}
