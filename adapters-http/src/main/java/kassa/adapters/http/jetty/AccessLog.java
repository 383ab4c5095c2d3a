package kassa.adapters.http.jetty;

import java.util.Locale;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.ObservedRequest;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access log: one line per request. It has no query and no header except the request id, because
 * they may contain secrets. The keys are fields of the Elastic Common Schema.
 */
final class AccessLog {

  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  private static final int NANOS_PER_MICRO = 1_000;

  private static final String NONE = "-";

  private AccessLog() {}

  static void write(Request request, Response response, ObservedRequest observed) {
    String method = escape(request.getMethod());
    String path = escape(request.getHttpURI().getPath());
    String route = orNone(observed.route());
    String caller = orNone(observed.caller());
    String requestId = orNone(response.getHeaders().get(RequestIds.HEADER));
    long nanos = observed.nanos();
    long bytes = Response.getContentBytesWritten(response);
    String traceId = orNone(observed.traceId());
    LOG.atInfo()
        .addKeyValue("http.request.method", method)
        .addKeyValue("http.route", route)
        .addKeyValue("url.path", path)
        .addKeyValue("http.response.status_code", response.getStatus())
        .addKeyValue("event.duration", nanos)
        .addKeyValue("http.response.body.bytes", bytes)
        .addKeyValue("http.request.id", requestId)
        .addKeyValue("user.id", caller)
        .addKeyValue("trace.id", traceId)
        .log(
            "{} {} {} {} us {} bytes route={} request={} caller={} trace={}",
            method,
            path,
            response.getStatus(),
            nanos / NANOS_PER_MICRO,
            bytes,
            route,
            requestId,
            caller,
            traceId);
  }

  private static String orNone(@Nullable String text) {
    return text == null || text.isEmpty() ? NONE : text;
  }

  /** Escapes what is not printable ASCII, so that a client cannot forge a line. */
  static String escape(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return NONE;
    }
    if (text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(c -> {
          if (c > ' ' && c < 0x7f) {
            escaped.append((char) c);
          } else {
            escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
          }
        });
    return escaped.toString();
  }
}
