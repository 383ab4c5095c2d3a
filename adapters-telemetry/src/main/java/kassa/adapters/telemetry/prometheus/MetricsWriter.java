package kassa.adapters.telemetry.prometheus;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import kassa.adapters.telemetry.measured.Measurements;
import kassa.application.telemetry.MetricsFormat;

/** Writes the metrics. */
public final class MetricsWriter {

  private static final int INITIAL_BYTES = 32 << 10;

  private MetricsWriter() {}

  /**
   * Writes all metrics.
   *
   * @param version the version of the program
   */
  public static byte[] write(Measurements measurements, String version, MetricsFormat format) {
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    KassaMetrics.of(measurements).forEach(snapshots::metricSnapshot);
    JvmMetrics.of(version).forEach(snapshots::metricSnapshot);
    ExpositionFormatWriter writer =
        switch (format) {
          case PROMETHEUS_TEXT -> PrometheusTextFormatWriter.create();
          case OPEN_METRICS -> OpenMetricsTextFormatWriter.create();
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_BYTES);
    try {
      writer.write(out, snapshots.build(), EscapingScheme.ALLOW_UTF8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
