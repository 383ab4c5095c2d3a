package kassa.adapters.http.routing;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.MediaTypes;
import kassa.adapters.http.request.QueryParameters;
import kassa.adapters.http.request.RequestHeaders;

/**
 * Endpoint of the API: method, path, handler and request rules. It requires authentication by
 * default.
 *
 * @param method the HTTP method
 * @param path the path, with {@code {name}} for path parameters
 * @param mediaTypes the media types of a successful response; empty if it has no body
 * @param parameters the allowed query parameters
 * @param handlesIdempotency whether the handler itself processes or rejects idempotency keys
 * @param requiresAuthentication whether callers must be authenticated; their requests are
 *     rate-limited
 * @param compressible whether long responses are compressed if the client accepts it
 * @param requestClass the group of permits that the endpoint uses
 * @param handler handles a request
 */
public record Route(
    HandlerType method,
    String path,
    List<String> mediaTypes,
    Set<String> parameters,
    boolean handlesIdempotency,
    boolean requiresAuthentication,
    boolean compressible,
    RequestClass requestClass,
    Handler handler) {

  public static Route get(String path, Handler handler, String... parameters) {
    return create(HandlerType.GET, path, handler, parameters);
  }

  public static Route post(String path, Handler handler, String... parameters) {
    return create(HandlerType.POST, path, handler, parameters);
  }

  public static Route put(String path, Handler handler) {
    return create(HandlerType.PUT, path, handler);
  }

  public static Route patch(String path, Handler handler) {
    return create(HandlerType.PATCH, path, handler);
  }

  public static Route delete(String path, Handler handler) {
    return create(HandlerType.DELETE, path, handler).withoutResponseBody();
  }

  private static Route create(
      HandlerType method, String path, Handler handler, String... parameters) {
    return new Route(
        method,
        path,
        List.of(Responses.JSON),
        Set.of(parameters),
        false,
        true,
        true,
        RequestClass.SINGLE,
        handler);
  }

  /** Returns a copy whose handler itself processes or rejects idempotency keys. */
  public Route handlingIdempotency() {
    return new Route(
        method,
        path,
        mediaTypes,
        parameters,
        true,
        requiresAuthentication,
        compressible,
        requestClass,
        handler);
  }

  /**
   * Returns a copy that allows anonymous requests; credentials are not checked. It uses the permits
   * of open endpoints instead of those of single requests.
   */
  public Route withoutAuthentication() {
    return new Route(
        method,
        path,
        mediaTypes,
        parameters,
        handlesIdempotency,
        false,
        compressible,
        requestClass.equals(RequestClass.SINGLE) ? RequestClass.OPEN : requestClass,
        handler);
  }

  /** Returns a copy that uses another group of permits. */
  public Route withRequestClass(RequestClass otherClass) {
    return new Route(
        method,
        path,
        mediaTypes,
        parameters,
        handlesIdempotency,
        requiresAuthentication,
        compressible,
        otherClass,
        handler);
  }

  /**
   * Returns a copy whose successful response has no body, at least for some callers, so that it
   * accepts any media type.
   */
  public Route withoutResponseBody() {
    return producing();
  }

  /** Returns a copy with other media types of the response. */
  public Route producing(String... otherMediaTypes) {
    return new Route(
        method,
        path,
        List.of(otherMediaTypes),
        parameters,
        handlesIdempotency,
        requiresAuthentication,
        compressible,
        requestClass,
        handler);
  }

  /**
   * Returns a copy whose responses are never compressed, because they contain a secret: the size of
   * a compressed response can reveal it (BREACH).
   */
  public Route withoutCompression() {
    return new Route(
        method,
        path,
        mediaTypes,
        parameters,
        handlesIdempotency,
        requiresAuthentication,
        false,
        requestClass,
        handler);
  }

  /**
   * Handles a request after checking {@code Accept}, {@code Accept-Encoding} and the query
   * parameters. The first two do not matter if the successful response has no body.
   *
   * @throws ProblemException if no media type or content coding is acceptable, or a query parameter
   *     is invalid
   */
  void handle(Context context) throws Exception {
    if (!mediaTypes.isEmpty()) {
      requireAcceptable(context);
    }
    QueryParameters.of(context).requireKnown(parameters);
    handler.handle(context);
  }

  private void requireAcceptable(Context context) {
    if (MediaTypes.select(RequestHeaders.list(context, "Accept"), mediaTypes) == null) {
      throw new ProblemException(
          ProblemKind.NOT_ACCEPTABLE,
          "This endpoint returns only "
              + String.join(" or ", mediaTypes)
              + ". Change the Accept header.");
    }
    GzipEncoding.requireAcceptable(context);
  }
}
