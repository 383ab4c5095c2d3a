package kassa.adapters.telemetry;

import kassa.adapters.telemetry.measured.RequestMetrics;
import kassa.application.telemetry.RequestTelemetry;

/** Request whose duration is recorded. */
final class MeasuredRequest implements RequestTelemetry {

  private final RequestMetrics requests;
  private final long start = System.nanoTime();

  MeasuredRequest(RequestMetrics requests) {
    this.requests = requests;
    requests.begin();
  }

  @Override
  public void end(String method, String route, int status) {
    requests.end(method, route, status, System.nanoTime() - start);
  }
}
