package kassa.application.telemetry;

import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Telemetry that ignores everything. */
final class NoTelemetry implements Telemetry, StepTimer, RequestTelemetry {

  static final NoTelemetry INSTANCE = new NoTelemetry();

  private NoTelemetry() {}

  @Override
  public void count(Counter counter, long times) {
    // Ignored.
  }

  @Override
  public void recordGroupSize(int size) {
    // Ignored.
  }

  @Override
  public void recordEventLag(long nanos) {
    // Ignored.
  }

  @Override
  public void recordWebhookLag(long nanos) {
    // Ignored.
  }

  @Override
  public void register(Gauge gauge, LongSupplier value) {
    // Ignored.
  }

  @Override
  public StepTimer begin(Step step) {
    return this;
  }

  @Override
  public void share(StepTimer stopped) {
    // Ignored.
  }

  @Override
  public RequestTelemetry beginRequest(Function<String, @Nullable String> header) {
    return this;
  }

  @Override
  public byte[] write(MetricsFormat format) {
    return new byte[0];
  }

  @Override
  public void stop() {
    // Ignored.
  }

  @Override
  public void close() {
    // Ignored.
  }

  @Override
  public void end(String method, String route, int status) {
    // Ignored.
  }
}
