package kassa.adapters.telemetry;

import kassa.adapters.telemetry.measured.RequestMetrics;
import kassa.application.telemetry.RequestTelemetry;
import kassa.application.telemetry.TraceScope;
import org.jspecify.annotations.Nullable;

/** Request whose duration is recorded, its span, and its event of the flight recorder. */
final class MeasuredRequest implements RequestTelemetry {

  private final RequestMetrics requests;
  private final @Nullable RequestTelemetry span;
  private final FlightEvents.@Nullable Request event;
  private final long start = System.nanoTime();

  /**
   * @param span {@code null} if traces are not exported
   * @param event has begun; {@code null} for none
   */
  MeasuredRequest(
      RequestMetrics requests,
      @Nullable RequestTelemetry span,
      FlightEvents.@Nullable Request event) {
    this.requests = requests;
    this.span = span;
    this.event = event;
    requests.begin();
  }

  @Override
  public @Nullable String traceId() {
    return span == null ? null : span.traceId();
  }

  @Override
  public @Nullable String traceParent() {
    return span == null ? null : span.traceParent();
  }

  @Override
  public TraceScope attach() {
    return span == null ? RequestTelemetry.super.attach() : span.attach();
  }

  @Override
  public void end(String method, String route, int status) {
    requests.end(method, route, status, System.nanoTime() - start);
    if (span != null) {
      span.end(method, route, status);
    }
    if (event != null) {
      event.commit(method, route, status);
    }
  }
}
