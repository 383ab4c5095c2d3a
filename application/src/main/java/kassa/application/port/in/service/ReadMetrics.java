package kassa.application.port.in.service;

import kassa.application.telemetry.MetricsFormat;

/** Reads the metrics of this process. */
public interface ReadMetrics {

  /** Returns all metrics as text in UTF-8. */
  byte[] read(MetricsFormat format);
}
