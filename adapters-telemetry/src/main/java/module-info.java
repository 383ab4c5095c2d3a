/**
 * Telemetry adapter: counts and measures, and writes the metrics in the formats of Prometheus and
 * OpenMetrics. The entry point is {@link kassa.adapters.telemetry.ServerTelemetry}; no other module
 * uses a metrics library.
 */
@SuppressWarnings("requires-automatic")
module kassa.adapters.telemetry {
  requires transitive kassa.application;
  requires io.prometheus.metrics.config;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires java.management;
  requires jdk.jfr;
  requires jdk.management;

  exports kassa.adapters.telemetry;
}
