package kassa.bootstrap.config;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether traces are exported: by the standard variables of OpenTelemetry. */
public final class TracingSettings {

  private TracingSettings() {}

  /** Returns whether a variable names a collector of traces. */
  public static boolean isEnabled() {
    return Stream.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        .map(System::getenv)
        .anyMatch(TracingSettings::isGiven);
  }

  private static boolean isGiven(@Nullable String text) {
    return text != null && !text.isBlank();
  }
}
