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
import kassa.adapters.http.routing.ConcurrencyLimiter.RequestClass;

/**
 * One call of the contract. It is closed unless it says that it is open.
 *
 * @param method the HTTP method
 * @param path the path, with {@code {names}} for its variable parts
 * @param mediaTypes what a good answer is in: one of these
 * @param parameters the query parameters that the call knows
 * @param handlesIdempotency whether the handler itself sees to it that a request with an
 *     idempotency key is done once
 * @param requiresAuthentication whether it answers those alone of whom it is known who they are,
 *     and counts their calls
 * @param requestClass what the call takes a place among
 * @param handler answers it
 */
public record Route(
    HandlerType method,
    String path,
    List<String> mediaTypes,
    Set<String> parameters,
    boolean handlesIdempotency,
    boolean requiresAuthentication,
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
    return create(HandlerType.DELETE, path, handler);
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
        RequestClass.SINGLE,
        handler);
  }

  /** The same call, whose handler itself keeps the answers of requests with a key. */
  public Route handlingIdempotency() {
    return new Route(
        method, path, mediaTypes, parameters, true, requiresAuthentication, requestClass, handler);
  }

  /** The same call, which answers anybody; a credential is not looked at. */
  public Route withoutAuthentication() {
    return new Route(
        method, path, mediaTypes, parameters, handlesIdempotency, false, requestClass, handler);
  }

  /** The same call, which takes a place among others. */
  public Route withRequestClass(RequestClass otherClass) {
    return new Route(
        method,
        path,
        mediaTypes,
        parameters,
        handlesIdempotency,
        requiresAuthentication,
        otherClass,
        handler);
  }

  /** The same call, answered in one of other forms. */
  public Route producing(String... otherMediaTypes) {
    return new Route(
        method,
        path,
        List.of(otherMediaTypes),
        parameters,
        handlesIdempotency,
        requiresAuthentication,
        requestClass,
        handler);
  }

  /**
   * Answers a request, if it asks for nothing that the call does not have.
   *
   * @throws ProblemException otherwise
   */
  void handle(Context context) throws Exception {
    if (MediaTypes.bestMatch(RequestHeaders.list(context, "Accept"), mediaTypes) == null) {
      throw new ProblemException(
          ProblemKind.NOT_ACCEPTABLE,
          "The answer comes as " + String.join(" or ", mediaTypes) + " only.");
    }
    QueryParameters.check(context, parameters);
    handler.handle(context);
  }
}
