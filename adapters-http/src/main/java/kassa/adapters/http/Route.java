package kassa.adapters.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;
import kassa.adapters.http.Admission.Load;

/**
 * One call of the contract. It is closed unless it says that it is open.
 *
 * @param method the HTTP method
 * @param path the path, with {@code {names}} for its variable parts
 * @param mediaTypes what a good answer is in: one of these
 * @param parameters the query parameters that the call knows
 * @param keepsKeys whether the handler itself sees to it that a request with an idempotency key is
 *     done once
 * @param isClosed whether it answers those alone of whom it is known who they are, and counts their
 *     calls
 * @param load what the call takes a place among
 * @param handler answers it
 */
record Route(
    HandlerType method,
    String path,
    List<String> mediaTypes,
    Set<String> parameters,
    boolean keepsKeys,
    boolean isClosed,
    Load load,
    Handler handler) {

  static Route get(String path, Handler handler, String... parameters) {
    return single(HandlerType.GET, path, handler, parameters);
  }

  static Route post(String path, Handler handler, String... parameters) {
    return single(HandlerType.POST, path, handler, parameters);
  }

  static Route put(String path, Handler handler) {
    return single(HandlerType.PUT, path, handler);
  }

  static Route patch(String path, Handler handler) {
    return single(HandlerType.PATCH, path, handler);
  }

  static Route delete(String path, Handler handler) {
    return single(HandlerType.DELETE, path, handler);
  }

  private static Route single(
      HandlerType method, String path, Handler handler, String... parameters) {
    return new Route(
        method, path, List.of(Answers.JSON), Set.of(parameters), false, true, Load.SINGLE, handler);
  }

  /** The same call, whose handler itself keeps the answers of requests with a key. */
  Route keepingKeys() {
    return new Route(method, path, mediaTypes, parameters, true, isClosed, load, handler);
  }

  /** The same call, which answers anybody; a credential is not looked at. */
  Route open() {
    return new Route(method, path, mediaTypes, parameters, keepsKeys, false, load, handler);
  }

  /** The same call, which takes a place among others. */
  Route among(Load other) {
    return new Route(method, path, mediaTypes, parameters, keepsKeys, isClosed, other, handler);
  }

  /** The same call, answered in one of other forms. */
  Route in(String... otherMediaTypes) {
    return new Route(
        method, path, List.of(otherMediaTypes), parameters, keepsKeys, isClosed, load, handler);
  }

  /**
   * Answers a request, if it asks for nothing that the call does not have.
   *
   * @throws ProblemException otherwise
   */
  void handle(Context context) throws Exception {
    if (MediaTypes.best(Headers.list(context, "Accept"), mediaTypes) == null) {
      throw new ProblemException(
          ProblemKind.NOT_ACCEPTABLE,
          "The answer comes as " + String.join(" or ", mediaTypes) + " only.");
    }
    QueryParameters.check(context, parameters);
    handler.handle(context);
  }
}
