package kassa.adapters.http.service;

import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.List;
import kassa.adapters.http.jetty.ManagementHandler;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.request.MediaTypes;
import kassa.adapters.http.request.RequestHeaders;
import kassa.adapters.http.routing.RequestClass;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.adapters.http.security.CurrentCaller;
import kassa.adapters.http.security.RequestAuthenticator;
import kassa.application.port.in.Secured;
import kassa.application.port.in.service.ReadMetrics;
import kassa.application.telemetry.MetricsFormat;
import kassa.domain.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * The metrics, in the format that {@code Accept} asks for. With a management port they are on that
 * port only, for everyone who can reach it. Without one they are for callers with the permission,
 * and for programs on this machine. See docs/decisions/0180.
 */
public final class MetricsHandler {

  private static final String TEXT = "text/plain";
  private static final String OPEN_METRICS = "application/openmetrics-text";

  /** A proxy on this machine adds one of these to the requests of others. */
  private static final List<String> PROXY_HEADERS =
      List.of("Forwarded", "Via", "X-Forwarded-For", "X-Real-IP");

  private final Secured<ReadMetrics> readMetrics;
  private final RequestAuthenticator authentication;
  private final boolean hasManagementPort;

  public MetricsHandler(
      Secured<ReadMetrics> readMetrics,
      RequestAuthenticator authentication,
      boolean hasManagementPort) {
    this.readMetrics = readMetrics;
    this.authentication = authentication;
    this.hasManagementPort = hasManagementPort;
  }

  /**
   * Never rejected for lack of a permit: the metrics matter most while the server is overloaded.
   */
  public List<Route> routes() {
    return List.of(
        Route.get(ManagementHandler.METRICS, this::read)
            .producing(TEXT, OPEN_METRICS)
            .withRequestClass(RequestClass.UNLIMITED)
            .withoutAuthentication());
  }

  private void read(Context context) {
    ReadMetrics permitted = readMetrics.as(callerOf(context));
    String mediaType =
        MediaTypes.select(RequestHeaders.list(context, "Accept"), List.of(TEXT, OPEN_METRICS));
    if (OPEN_METRICS.equals(mediaType)) {
      Responses.send(
          context,
          200,
          OPEN_METRICS + ";version=1.0.0;charset=utf-8",
          permitted.read(MetricsFormat.OPEN_METRICS));
    } else {
      Responses.send(
          context,
          200,
          TEXT + ";version=0.0.4;charset=utf-8",
          permitted.read(MetricsFormat.PROMETHEUS_TEXT));
    }
  }

  private Caller callerOf(Context context) {
    if (hasManagementPort) {
      if (!ManagementHandler.received(context.req())) {
        throw new ProblemException(
            ProblemKind.NOT_FOUND, "The metrics are on the management port only.");
      }
      return new Caller.LocalOperator();
    }
    if (isOfThisMachine(context)) {
      return new Caller.LocalOperator();
    }
    authentication.require(context);
    return CurrentCaller.of(context);
  }

  private static boolean isOfThisMachine(Context context) {
    return isLoopback(CurrentCaller.clientInfo(context).address())
        && PROXY_HEADERS.stream().allMatch(header -> context.header(header) == null);
  }

  static boolean isLoopback(@Nullable String address) {
    return address != null && InetAddress.ofLiteral(address).isLoopbackAddress();
  }
}
