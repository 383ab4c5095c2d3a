package kassa.adapters.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.stream.Stream;
import kassa.adapters.http.Admission.Load;
import kassa.adapters.http.message.HealthResponse;
import kassa.adapters.http.message.StatusResponse;
import kassa.adapters.http.message.VersionResponse;
import kassa.application.port.in.CheckReadiness;

/** Tells how the server is, and which. */
final class ServiceHandlers {

  private final CheckReadiness checkReadiness;
  private final Admission admission;
  private final String version;
  private final Answers answers;

  ServiceHandlers(
      CheckReadiness checkReadiness, Admission admission, String version, Answers answers) {
    this.checkReadiness = checkReadiness;
    this.admission = admission;
    this.version = version;
    this.answers = answers;
  }

  List<Route> routes() {
    return Stream.of(
            Route.get("/health", this::health),
            Route.get("/health/live", this::live),
            Route.get("/health/ready", this::ready),
            Route.get("/version", this::version))
        .map(route -> route.among(Load.NONE).open())
        .toList();
  }

  private void health(Context context) {
    answers.ok(context, new StatusResponse("Service is healthy", 200));
  }

  private void live(Context context) {
    answers.ok(context, new HealthResponse("live"));
  }

  private void ready(Context context) {
    if (admission.isClosed()) {
      throw new ProblemException(
          ProblemKind.STOPPING, "The server is draining: it finishes what it has begun.");
    }
    if (!checkReadiness.isReady()) {
      throw new ProblemException(ProblemKind.STORE_UNAVAILABLE, "The store does not answer.");
    }
    answers.ok(context, new HealthResponse("ready"));
  }

  private void version(Context context) {
    answers.ok(context, new VersionResponse("kassa", version, Runtime.version().toString()));
  }
}
