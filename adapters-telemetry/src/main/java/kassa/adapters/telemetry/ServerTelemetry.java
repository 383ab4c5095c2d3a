package kassa.adapters.telemetry;

import java.util.function.Function;
import java.util.function.LongSupplier;
import kassa.adapters.telemetry.measured.Measurements;
import kassa.adapters.telemetry.prometheus.MetricsWriter;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.MetricsFormat;
import kassa.application.telemetry.RequestTelemetry;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.StepTimer;
import kassa.application.telemetry.Telemetry;
import kassa.application.telemetry.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * Telemetry of a server. It records into plain counters; the metrics library is loaded when the
 * metrics are first written. Thread-safe. See docs/decisions/0179.
 */
public final class ServerTelemetry implements Telemetry {

  /** The launcher sets this property, unless a JVM option starts a recording. */
  private static final boolean MAY_RECORD_FLIGHT = !Boolean.getBoolean("jfr.unsupported.vm");

  private final Measurements measurements = new Measurements();
  private final String version;
  private final @Nullable Tracing tracing;

  /**
   * @param version the version of the program
   * @param tracing receives the spans; {@code null} if traces are not exported
   */
  public ServerTelemetry(String version, @Nullable Tracing tracing) {
    this.version = version;
    this.tracing = tracing;
  }

  @Override
  public void count(Counter counter, long times) {
    measurements.count(counter, times);
  }

  @Override
  public void recordGroupSize(int size) {
    measurements.groupSizes().record(size);
  }

  @Override
  public void recordEventLag(long nanos) {
    measurements.eventLag().record(nanos);
  }

  @Override
  public void recordWebhookLag(long nanos) {
    measurements.webhookLag().record(nanos);
  }

  @Override
  public void register(Gauge gauge, LongSupplier value) {
    measurements.register(gauge, value);
  }

  @Override
  public StepTimer begin(Step step) {
    return new MeasuredStep(
        step,
        measurements.durations(step),
        tracing,
        MAY_RECORD_FLIGHT ? FlightEvents.begin(step) : null);
  }

  @Override
  public void share(StepTimer stopped) {
    if (stopped instanceof MeasuredStep measured) {
      measured.trace();
    }
  }

  @Override
  public RequestTelemetry beginRequest(Function<String, @Nullable String> header) {
    return new MeasuredRequest(
        measurements.requests(),
        tracing == null ? null : tracing.beginRequest(header),
        MAY_RECORD_FLIGHT ? FlightEvents.beginRequest() : null);
  }

  @Override
  public byte[] write(MetricsFormat format) {
    return MetricsWriter.write(measurements, version, format);
  }
}
