package kassa.adapters.telemetry.prometheus;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kassa.adapters.telemetry.measured.Histogram;
import kassa.adapters.telemetry.measured.Measurements;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.Step;

/** The metrics of requests, orders and the database. */
final class KassaMetrics {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double ONE = 1;

  private KassaMetrics() {}

  static List<MetricSnapshot> of(Measurements measurements) {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    snapshots.add(requestDurations(measurements));
    snapshots.add(
        gauge(
            "http_server_active_requests",
            "Requests that are being answered.",
            List.of(point(Labels.EMPTY, (double) measurements.requests().active()))));
    snapshots.addAll(counters(measurements));
    snapshots.addAll(gauges(measurements));
    snapshots.addAll(steps(measurements));
    snapshots.add(
        HistogramSnapshot.builder()
            .name("kassa_event_lag_seconds")
            .help("Time between an event and its delivery to a stream that waits for it.")
            .dataPoint(histogram(measurements.eventLag(), NANOS_PER_SECOND, Labels.EMPTY))
            .build());
    snapshots.add(
        HistogramSnapshot.builder()
            .name("kassa_webhook_lag_seconds")
            .help("Time between an event and its acceptance by the receiver of a webhook.")
            .dataPoint(histogram(measurements.webhookLag(), NANOS_PER_SECOND, Labels.EMPTY))
            .build());
    snapshots.add(
        HistogramSnapshot.builder()
            .name("kassa_group_size")
            .help("Orders that share one transaction.")
            .dataPoint(histogram(measurements.groupSizes(), ONE, Labels.EMPTY))
            .build());
    return snapshots;
  }

  private static MetricSnapshot requestDurations(Measurements measurements) {
    HistogramSnapshot.Builder builder =
        HistogramSnapshot.builder()
            .name("http_server_request_duration_seconds")
            .help("Duration of requests, until the response is sent.");
    measurements
        .requests()
        .durations()
        .forEach((series, durations) ->
            builder.dataPoint(
                histogram(
                    durations,
                    NANOS_PER_SECOND,
                    Labels.of(
                        "http_request_method",
                        series.method(),
                        "http_response_status_code",
                        Integer.toString(series.status()),
                        "http_route",
                        series.route()))));
    return builder.build();
  }

  private static List<MetricSnapshot> counters(Measurements measurements) {
    Map<String, CounterSnapshot.Builder> builders = new LinkedHashMap<>();
    for (Counter counter : Counter.values()) {
      Series series = Series.of(counter);
      builders
          .computeIfAbsent(
              series.name(), name -> CounterSnapshot.builder().name(name).help(series.help()))
          .dataPoint(
              CounterDataPointSnapshot.builder()
                  .labels(series.labels())
                  .value((double) measurements.count(counter))
                  .build());
    }
    return builders.values().stream().<MetricSnapshot>map(CounterSnapshot.Builder::build).toList();
  }

  private static List<MetricSnapshot> gauges(Measurements measurements) {
    Map<String, GaugeSnapshot.Builder> builders = new LinkedHashMap<>();
    for (Gauge gauge : Gauge.values()) {
      OptionalLong value = measurements.read(gauge);
      if (value.isPresent()) {
        Series series = Series.of(gauge);
        builders
            .computeIfAbsent(
                series.name(), name -> GaugeSnapshot.builder().name(name).help(series.help()))
            .dataPoint(point(series.labels(), (double) value.getAsLong()));
      }
    }
    return builders.values().stream().<MetricSnapshot>map(GaugeSnapshot.Builder::build).toList();
  }

  private static List<MetricSnapshot> steps(Measurements measurements) {
    Map<String, HistogramSnapshot.Builder> builders = new LinkedHashMap<>();
    for (Step step : Step.values()) {
      Histogram durations = measurements.durations(step);
      Series series = Series.of(step);
      builders
          .computeIfAbsent(
              series.name(), name -> HistogramSnapshot.builder().name(name).help(series.help()))
          .dataPoint(histogram(durations, NANOS_PER_SECOND, series.labels()));
    }
    return builders.values().stream()
        .<MetricSnapshot>map(HistogramSnapshot.Builder::build)
        .toList();
  }

  private static HistogramDataPointSnapshot histogram(
      Histogram histogram, double unit, Labels labels) {
    long[] bounds = histogram.bounds();
    double[] upperBounds = new double[bounds.length + 1];
    for (int i = 0; i < bounds.length; i++) {
      upperBounds[i] = bounds[i] / unit;
    }
    upperBounds[bounds.length] = Double.POSITIVE_INFINITY;
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(ClassicHistogramBuckets.of(upperBounds, histogram.counts()))
        .sum(histogram.sum() / unit)
        .labels(labels)
        .build();
  }

  static MetricSnapshot gauge(String name, String help, List<GaugeDataPointSnapshot> points) {
    GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
    points.forEach(builder::dataPoint);
    return builder.build();
  }

  static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }
}
