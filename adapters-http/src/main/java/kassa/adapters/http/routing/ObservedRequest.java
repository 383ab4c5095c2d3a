package kassa.adapters.http.routing;

import io.javalin.http.Context;
import kassa.adapters.http.problem.Problem;
import kassa.application.telemetry.RequestTelemetry;
import kassa.application.telemetry.TraceScope;
import kassa.domain.identity.Caller;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What is known about a request that is measured. Thread-safe. */
public final class ObservedRequest {

  private static final String ATTRIBUTE = "kassa.observed-request";

  private final RequestTelemetry telemetry;
  private final long start = System.nanoTime();
  private volatile String route = "";
  private volatile String caller = "";

  private ObservedRequest(RequestTelemetry telemetry) {
    this.telemetry = telemetry;
  }

  /** Begins to observe a request that was just received. */
  public static ObservedRequest begin(Request request, RequestTelemetry telemetry) {
    ObservedRequest observed = new ObservedRequest(telemetry);
    request.setAttribute(ATTRIBUTE, observed);
    return observed;
  }

  /** Sets the path of the route of a request, with {@code {name}} for parameters. */
  public static void setRoute(Request request, String route) {
    setRoute(request.getAttribute(ATTRIBUTE), route);
  }

  static void setRoute(Context context, String route) {
    setRoute(context.req().getAttribute(ATTRIBUTE), route);
  }

  static void setCaller(Context context, Caller caller) {
    if (context.req().getAttribute(ATTRIBUTE) instanceof ObservedRequest request) {
      request.caller = caller.name();
    }
  }

  private static void setRoute(@Nullable Object observed, String route) {
    if (observed instanceof ObservedRequest request) {
      request.route = route;
    }
  }

  /** Returns a request that is observed; {@code null} if it is not. */
  public static @Nullable ObservedRequest of(Request request) {
    return request.getAttribute(ATTRIBUTE) instanceof ObservedRequest observed ? observed : null;
  }

  /** Returns the problem of a request with the id of its trace, if it has one. */
  public static Problem withTraceId(Problem problem, Request request) {
    return withTraceId(problem, request.getAttribute(ATTRIBUTE));
  }

  static Problem withTraceId(Problem problem, Context context) {
    return withTraceId(problem, context.req().getAttribute(ATTRIBUTE));
  }

  private static Problem withTraceId(Problem problem, @Nullable Object observed) {
    String traceId = observed instanceof ObservedRequest request ? request.traceId() : null;
    return traceId == null ? problem : problem.plusExtension("traceId", traceId);
  }

  /** Returns the id of its trace; {@code null} if traces are not exported. */
  public @Nullable String traceId() {
    return telemetry.traceId();
  }

  /** Attaches it to the thread that handles it. */
  public TraceScope attach() {
    return telemetry.attach();
  }

  /** Returns the path of the route; empty if the request has none. */
  public String route() {
    return route;
  }

  /** Returns the name of the authenticated caller; empty if there is none. */
  public String caller() {
    return caller;
  }

  /** Returns the time since the request was received, in nanoseconds. */
  public long nanos() {
    return System.nanoTime() - start;
  }

  /** Records the request, whose response is sent. */
  public void end(String method, int status) {
    telemetry.end(method, route, status);
  }
}
