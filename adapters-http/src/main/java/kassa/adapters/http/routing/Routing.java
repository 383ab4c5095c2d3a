package kassa.adapters.http.routing;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import kassa.adapters.http.memory.MemoryBudget;
import kassa.adapters.http.problem.Problem;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.request.RequestIds;
import kassa.adapters.http.security.CurrentCaller;
import kassa.adapters.http.security.RequestAuthenticator;

/**
 * Registers the routes in Javalin with concurrency limit, authentication, rate limit, idempotency
 * and exception mapping.
 */
public final class Routing {

  private final List<Route> routes;
  private final ConcurrencyLimiter limiter;
  private final RequestAuthenticator authentication;
  private final RateLimitFilter rateLimitFilter;
  private final IdempotencyFilter idempotency;
  private final Responses responses;
  private final MemoryBudget memory;

  public Routing(
      List<Route> routes,
      ConcurrencyLimiter limiter,
      RequestAuthenticator authentication,
      RateLimitFilter rateLimitFilter,
      IdempotencyFilter idempotency,
      Responses responses,
      MemoryBudget memory) {
    this.routes = routes;
    this.limiter = limiter;
    this.authentication = authentication;
    this.rateLimitFilter = rateLimitFilter;
    this.idempotency = idempotency;
    this.responses = responses;
    this.memory = memory;
  }

  public void register(JavalinConfig settings) {
    settings.routes.before(this::addCommonHeaders);
    for (Route route : routes) {
      Handler handler = context -> handle(route, context);
      settings.routes.addEndpoint(new Endpoint(route.method(), route.path(), handler));
      if (route.method().equals(HandlerType.GET)) {
        settings.routes.addEndpoint(new Endpoint(HandlerType.HEAD, route.path(), handler));
      }
    }
    settings.routes.exception(HttpResponseException.class, this::handleHttpException);
    settings.routes.exception(Exception.class, this::handleException);
  }

  private void addCommonHeaders(Context context) {
    context.header(RequestIds.HEADER, RequestIds.of(context));
    if (limiter.isClosed()) {
      context.header("Connection", "close");
    }
  }

  /** Wraps a Java {@link Error}, because Javalin would handle it without the exception mapping. */
  private void handle(Route route, Context context) throws Exception {
    ObservedRequest.setRoute(context, route.path());
    try (Permit permit = limiter.acquire(route.requestClass(), context)) {
      if (!route.compressible()) {
        GzipEncoding.disable(context);
      }
      RequestHeaders.requireUnrepeated(context);
      if (route.requiresAuthentication()) {
        authentication.require(context);
        rateLimitFilter.check(context);
        ObservedRequest.setCaller(context, CurrentCaller.of(context));
        permit.requireShare(CurrentCaller.of(context));
      } else if (route.requestClass().equals(RequestClass.OPEN)) {
        permit.requireShareOfAddress(context.ip());
      }
      memory.run(() -> idempotency.handle(route, context));
      commitHead(context);
    } catch (Error error) {
      throw new ExecutionException(error);
    }
  }

  /** Jetty would add {@code Content-Length: 0} to a response whose body was left out. */
  private static void commitHead(Context context) throws IOException {
    if (context.method().equals(HandlerType.HEAD)) {
      context.res().flushBuffer();
    }
  }

  /** Handles errors of Javalin itself: unknown path, wrong method or malformed request. */
  private void handleHttpException(HttpResponseException exception, Context context) {
    if (exception instanceof MethodNotAllowedResponse notAllowed) {
      context.header("Allow", String.join(", ", notAllowed.getDetails().values()));
    }
    responses.problem(
        context,
        switch (exception.getStatus()) {
          case 404 -> Problem.of(ProblemKind.NOT_FOUND, "The path does not exist.");
          case 405 ->
              Problem.of(
                  ProblemKind.METHOD_NOT_ALLOWED,
                  "The header Allow lists the methods of this path.");
          default -> Problem.of(ProblemKind.BAD_REQUEST, "The request could not be understood.");
        });
  }

  private void handleException(Exception exception, Context context) {
    responses.problem(context, ExceptionMapper.problemOf(exception, RequestIds.of(context)));
  }
}
