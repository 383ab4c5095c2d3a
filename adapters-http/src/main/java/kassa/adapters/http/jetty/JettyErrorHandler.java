package kassa.adapters.http.jetty;

import java.nio.ByteBuffer;
import kassa.adapters.http.json.JsonCodec;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.routing.ObservedRequest;
import kassa.adapters.http.routing.Responses;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sends problem details (RFC 9457) for errors that Jetty detects before routing, such as malformed
 * HTTP.
 */
public final class JettyErrorHandler extends ErrorHandler {

  private final JsonCodec json;

  public JettyErrorHandler(JsonCodec json) {
    this.json = json;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    if (hasBody(request) || isInvalid(request, cause)) {
      // Jetty closes the connection, and a client with a connection pool must know.
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    send(request, response, Problem.of(kindOf(code), detailOf(code)), callback);
  }

  /** Sends a problem without routing the request. */
  void send(Request request, Response response, Problem problem, Callback callback) {
    String requestId = requestIdOf(request);
    ProblemKind kind = problem.kind();
    response.setStatus(kind.status());
    SecurityHeaders.addTo(request, response.getHeaders());
    response.getHeaders().put(RequestIds.HEADER, requestId);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Responses.PROBLEM_JSON);
    if (kind.isTransient()) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, Responses.RETRY_AFTER_SECONDS);
    }
    byte[] body = json.write(ObservedRequest.withTraceId(problem, request).toResponse(requestId));
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** Returns whether a request over HTTP/1.1 has a body. */
  private static boolean hasBody(Request request) {
    return isHttp1(request)
        && (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
  }

  /** Returns whether Jetty could not parse a request over HTTP/1.1, whose headers are unknown. */
  private static boolean isInvalid(Request request, @Nullable Throwable cause) {
    return isHttp1(request) && cause instanceof HttpException;
  }

  private static boolean isHttp1(Request request) {
    return !(request.getConnectionMetaData().getConnection() instanceof HTTP2Connection);
  }

  private static String requestIdOf(Request request) {
    HttpFields headers = request.getHeaders();
    return RequestIds.choose(headers.get(RequestIds.HEADER), headers.get("traceparent"));
  }

  private static String detailOf(int code) {
    return code == 414 || code == 431
        ? HeaderSizeHandler.LIMIT
        : "The request was rejected before it reached an endpoint.";
  }

  private static ProblemKind kindOf(int code) {
    return switch (code) {
      case 404 -> ProblemKind.NOT_FOUND;
      case 413 -> ProblemKind.CONTENT_TOO_LARGE;
      case 414 -> ProblemKind.URI_TOO_LONG;
      case 431 -> ProblemKind.HEADERS_TOO_LARGE;
      // An unsupported expectation, transfer coding or HTTP version.
      case 417, 501, 505 -> ProblemKind.BAD_REQUEST;
      case 503 -> ProblemKind.SHUTTING_DOWN;
      default -> code < 500 ? ProblemKind.BAD_REQUEST : ProblemKind.INTERNAL_ERROR;
    };
  }
}
