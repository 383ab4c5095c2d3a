package kassa.adapters.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;

/**
 * One call of the contract.
 *
 * @param method the HTTP method
 * @param path the path, with {@code {names}} for its variable parts
 * @param mediaTypes what a good answer is in: one of these
 * @param parameters the query parameters that the call knows
 * @param keepsKeys whether the handler itself sees to it that a request with an idempotency key is
 *     done once
 * @param handler answers it
 */
record Route(
    HandlerType method,
    String path,
    List<String> mediaTypes,
    Set<String> parameters,
    boolean keepsKeys,
    Handler handler) {

  static Route get(String path, Handler handler, String... parameters) {
    return new Route(
        HandlerType.GET, path, List.of(Answers.JSON), Set.of(parameters), false, handler);
  }

  static Route post(String path, Handler handler, String... parameters) {
    return new Route(
        HandlerType.POST, path, List.of(Answers.JSON), Set.of(parameters), false, handler);
  }

  static Route put(String path, Handler handler) {
    return new Route(HandlerType.PUT, path, List.of(Answers.JSON), Set.of(), false, handler);
  }

  static Route delete(String path, Handler handler) {
    return new Route(HandlerType.DELETE, path, List.of(Answers.JSON), Set.of(), false, handler);
  }

  /** The same call, whose handler itself keeps the answers of requests with a key. */
  Route keepingKeys() {
    return new Route(method, path, mediaTypes, parameters, true, handler);
  }

  /** The same call, answered in one of other forms. */
  Route in(String... otherMediaTypes) {
    return new Route(method, path, List.of(otherMediaTypes), parameters, keepsKeys, handler);
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
