package kassa.adapters.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import kassa.application.telemetry.Tracing;
import kassa.application.telemetry.TracingProvider;

/**
 * Starts the OpenTelemetry SDK, configured by its standard variables, with the exporter over HTTP.
 * Metrics and logs are not exported.
 */
public final class OpenTelemetryProvider implements TracingProvider {

  /** What the variables of OpenTelemetry override. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name",
          "kassa",
          "otel.exporter.otlp.protocol",
          "http/protobuf",
          "otel.metrics.exporter",
          "none",
          "otel.logs.exporter",
          "none");

  @Override
  public Tracing start(String version) {
    LibraryLog.install();
    try {
      OpenTelemetrySdk sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .setServiceClassLoader(OpenTelemetryProvider.class.getClassLoader())
              .disableShutdownHook()
              .addPropertiesSupplier(() -> DEFAULTS)
              .addResourceCustomizer((resource, config) ->
                  Resource.create(Attributes.of(AttributeKey.stringKey("service.version"), version))
                      .merge(resource))
              .build()
              .getOpenTelemetrySdk();
      return new OpenTelemetryTracing(sdk);
    } catch (RuntimeException invalid) {
      throw new IllegalStateException("traces cannot be exported", invalid);
    }
  }
}
