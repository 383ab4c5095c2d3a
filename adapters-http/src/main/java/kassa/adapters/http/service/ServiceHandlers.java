package kassa.adapters.http.service;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kassa.adapters.http.problem.ProblemException;
import kassa.adapters.http.problem.ProblemKind;
import kassa.adapters.http.routing.ConcurrencyLimiter;
import kassa.adapters.http.routing.RequestClass;
import kassa.adapters.http.routing.Responses;
import kassa.adapters.http.routing.Route;
import kassa.application.port.in.service.CheckReadiness;

/** Health, liveness, readiness, startup and version endpoints. */
public final class ServiceHandlers {

  private static final StatusResponse HEALTHY = new StatusResponse("Service is healthy", 200);
  private static final HealthResponse LIVE = new HealthResponse("live");
  private static final HealthResponse STARTED = new HealthResponse("started");

  private final CheckReadiness checkReadiness;
  private final ConcurrencyLimiter limiter;
  private final String version;
  private final Responses responses;

  public ServiceHandlers(
      CheckReadiness checkReadiness,
      ConcurrencyLimiter limiter,
      String version,
      Responses responses) {
    this.checkReadiness = checkReadiness;
    this.limiter = limiter;
    this.version = version;
    this.responses = responses;
  }

  /**
   * Returns the JSON bodies of the responses that never change, by path: the same bytes as those of
   * the routes. They are written without the JSON library, which is loaded after the server
   * answers.
   *
   * @param version the version of the program, without characters that JSON escapes
   */
  public static Map<String, byte[]> constantBodies(String version) {
    return Map.of(
        "/health",
        utf8("{\"message\":\"" + HEALTHY.message() + "\",\"status\":" + HEALTHY.status() + "}"),
        "/health/live",
        utf8("{\"status\":\"" + LIVE.status() + "\"}"),
        "/version",
        utf8(
            "{\"name\":\"kassa\",\"version\":\""
                + version
                + "\",\"javaVersion\":\""
                + Runtime.version()
                + "\"}"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static VersionResponse versionOf(String version) {
    return new VersionResponse("kassa", version, Runtime.version().toString());
  }

  public List<Route> routes() {
    return Stream.of(
            Route.get("/health", this::health),
            Route.get("/health/live", this::live),
            Route.get("/health/ready", this::ready),
            Route.get("/health/started", this::started),
            Route.get("/version", this::version))
        .map(route -> route.withRequestClass(RequestClass.UNLIMITED).withoutAuthentication())
        .toList();
  }

  private void health(Context context) {
    responses.ok(context, HEALTHY);
  }

  private void live(Context context) {
    responses.ok(context, LIVE);
  }

  private void ready(Context context) {
    if (limiter.isClosed()) {
      throw new ProblemException(
          ProblemKind.SHUTTING_DOWN,
          "The server is draining: it only finishes requests that already started.");
    }
    switch (checkReadiness.check()) {
      case READY -> responses.ok(context, new HealthResponse("ready"));
      case READ_ONLY ->
          throw new ProblemException(
              ProblemKind.READ_ONLY, "The database accepts only reads; it may be a standby.");
      case WARMING_UP ->
          throw new ProblemException(
              ProblemKind.WARMING_UP, "The server processes requests, but slowly at first.");
      case UNAVAILABLE ->
          throw new ProblemException(
              ProblemKind.STORE_UNAVAILABLE, "The database does not respond.");
    }
  }

  /** Before the start is complete, no route is served. */
  private void started(Context context) {
    responses.ok(context, STARTED);
  }

  private void version(Context context) {
    responses.ok(context, versionOf(version));
  }
}
