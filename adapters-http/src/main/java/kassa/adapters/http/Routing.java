package kassa.adapters.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.Endpoint;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Puts the routes into the framework, and everything that goes wrong on them into problems. */
final class Routing {

  private final List<Route> routes;
  private final Admission admission;
  private final Authentication authentication;
  private final CallLimits limits;
  private final Idempotency idempotency;
  private final Answers answers;

  Routing(
      List<Route> routes,
      Admission admission,
      Authentication authentication,
      CallLimits limits,
      Idempotency idempotency,
      Answers answers) {
    this.routes = routes;
    this.admission = admission;
    this.authentication = authentication;
    this.limits = limits;
    this.idempotency = idempotency;
    this.answers = answers;
  }

  void register(JavalinConfig settings) {
    settings.routes.before(this::begin);
    for (Route route : routes) {
      Handler handler = context -> handle(route, context);
      settings.routes.addEndpoint(new Endpoint(route.method(), route.path(), handler));
      if (route.method().equals(HandlerType.GET)) {
        settings.routes.addEndpoint(new Endpoint(HandlerType.HEAD, route.path(), handler));
      }
    }
    settings.routes.exception(HttpResponseException.class, this::refused);
    settings.routes.exception(Exception.class, this::failed);
  }

  private void begin(Context context) {
    context.header(RequestIds.HEADER, RequestIds.of(context));
    if (admission.isClosed()) {
      context.header("Connection", "close");
    }
  }

  /** The framework answers an error of the runtime itself, and not as the contract has it. */
  private void handle(Route route, Context context) throws Exception {
    try (var _ = admission.admit(route.load(), context)) {
      if (route.isClosed()) {
        authentication.require(context);
        limits.count(context);
      }
      idempotency.handle(route, context);
    } catch (Error broken) {
      throw new ExecutionException(broken);
    }
  }

  /** The framework found no route, or did not like the request. */
  private void refused(HttpResponseException refusal, Context context) {
    if (refusal instanceof MethodNotAllowedResponse notAllowed) {
      context.header("Allow", String.join(", ", notAllowed.getDetails().values()));
    }
    answers.problem(
        context,
        switch (refusal.getStatus()) {
          case 404 -> Problem.of(ProblemKind.NOT_FOUND, "There is no such path.");
          case 405 ->
              Problem.of(ProblemKind.METHOD_NOT_ALLOWED, "The header Allow says what can be done.");
          default -> Problem.of(ProblemKind.BAD_REQUEST, "The request could not be understood.");
        });
  }

  private void failed(Exception failure, Context context) {
    answers.problem(context, Failures.problemOf(failure, RequestIds.of(context)));
  }
}
