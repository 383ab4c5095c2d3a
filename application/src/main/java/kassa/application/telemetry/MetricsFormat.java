package kassa.application.telemetry;

/** Formats of the metrics. */
public enum MetricsFormat {
  /** Text format of Prometheus, version 0.0.4. */
  PROMETHEUS_TEXT,
  /** OpenMetrics text format, version 1.0.0. */
  OPEN_METRICS
}
