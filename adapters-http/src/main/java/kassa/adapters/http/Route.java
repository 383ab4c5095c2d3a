package kassa.adapters.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Set;

/**
 * One call of the contract.
 *
 * @param method the HTTP method
 * @param path the path, with {@code {names}} for its variable parts
 * @param mediaType what a good answer is in
 * @param parameters the query parameters that the call knows
 * @param handler answers it
 */
record Route(
    HandlerType method, String path, String mediaType, Set<String> parameters, Handler handler) {

  static Route get(String path, Handler handler, String... parameters) {
    return new Route(HandlerType.GET, path, Answers.JSON, Set.of(parameters), handler);
  }

  static Route post(String path, Handler handler, String... parameters) {
    return new Route(HandlerType.POST, path, Answers.JSON, Set.of(parameters), handler);
  }

  static Route put(String path, Handler handler) {
    return new Route(HandlerType.PUT, path, Answers.JSON, Set.of(), handler);
  }

  static Route delete(String path, Handler handler) {
    return new Route(HandlerType.DELETE, path, Answers.JSON, Set.of(), handler);
  }

  /** The same call, answered in another form. */
  Route in(String otherMediaType) {
    return new Route(method, path, otherMediaType, parameters, handler);
  }

  /**
   * Answers a request, if it asks for nothing that the call does not have.
   *
   * @throws ProblemException otherwise
   */
  void handle(Context context) throws Exception {
    if (!MediaTypes.accepts(Headers.list(context, "Accept"), mediaType)) {
      throw new ProblemException(
          ProblemKind.NOT_ACCEPTABLE, "The answer comes as " + mediaType + " only.");
    }
    QueryParameters.check(context, parameters);
    handler.handle(context);
  }
}
