/**
 * Tracing adapter: exports traces by OpenTelemetry. It is not on the module path of the program,
 * but in a folder beside it, and is loaded as a layer of its own if traces are exported.
 */
@SuppressWarnings("requires-automatic")
module kassa.adapters.tracing {
  requires kassa.application;
  requires io.opentelemetry.api;
  requires io.opentelemetry.context;
  requires io.opentelemetry.sdk;
  requires io.opentelemetry.sdk.autoconfigure;
  requires io.opentelemetry.sdk.autoconfigure.spi;
  requires io.opentelemetry.sdk.common;
  requires java.logging;
  requires java.net.http;
  requires org.slf4j;

  provides kassa.application.telemetry.TracingProvider with
      kassa.adapters.tracing.OpenTelemetryProvider;
}
