package kassa.adapters.tracing;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.time.Instant;
import java.util.function.Function;
import kassa.application.telemetry.RequestTelemetry;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.Tracing;
import org.jspecify.annotations.Nullable;

/** Traces of OpenTelemetry. Thread-safe. */
final class OpenTelemetryTracing implements Tracing {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private static final TextMapGetter<Function<String, @Nullable String>> HEADERS =
      new TextMapGetter<>() {
        @Override
        public @Nullable String get(
            @Nullable Function<String, @Nullable String> carrier, String key) {
          return carrier == null ? null : carrier.apply(key);
        }
      };

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  OpenTelemetryTracing(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer("kassa");
    this.propagator = sdk.getPropagators().getTextMapPropagator();
  }

  @Override
  public RequestTelemetry beginRequest(Function<String, @Nullable String> header) {
    Context parent = propagator.extract(Context.root(), header, HEADERS);
    Span span =
        tracer.spanBuilder("HTTP").setSpanKind(SpanKind.SERVER).setParent(parent).startSpan();
    return new TracedRequest(span, parent.with(span));
  }

  @Override
  public void recordStep(Step step, long startNanos, long endNanos) {
    if (!Span.current().isRecording()) {
      return;
    }
    Instant now = Instant.now();
    long offset = now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - System.nanoTime();
    tracer
        .spanBuilder(nameOf(step))
        .setStartTimestamp(startNanos + offset, NANOSECONDS)
        .startSpan()
        .end(endNanos + offset, NANOSECONDS);
  }

  private static String nameOf(Step step) {
    return switch (step) {
      case PRICING -> "pricing";
      case GROUP_WAIT -> "wait for group";
      case COMMIT -> "commit";
      case CONNECTION_WAIT -> "wait for connection";
      case STANDBY_CONNECTION_WAIT -> "wait for connection to standby";
    };
  }

  @Override
  public void close() {
    sdk.close();
  }
}
