package kassa.adapters.telemetry;

import kassa.adapters.telemetry.measured.RequestMetrics;
import kassa.application.telemetry.RequestTelemetry;
import kassa.application.telemetry.TraceScope;
import org.jspecify.annotations.Nullable;

/** Request whose duration is recorded, and its span. */
final class MeasuredRequest implements RequestTelemetry {

  private final RequestMetrics requests;
  private final @Nullable RequestTelemetry span;
  private final long start = System.nanoTime();

  /**
   * @param span {@code null} if traces are not exported
   */
  MeasuredRequest(RequestMetrics requests, @Nullable RequestTelemetry span) {
    this.requests = requests;
    this.span = span;
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
  }
}
