package kassa.adapters.telemetry.prometheus;

import static kassa.adapters.telemetry.prometheus.KassaMetrics.gauge;
import static kassa.adapters.telemetry.prometheus.KassaMetrics.point;

import com.sun.management.OperatingSystemMXBean;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The metrics of the JVM and of the process. */
final class JvmMetrics {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private JvmMetrics() {}

  static List<MetricSnapshot> of(String version) {
    return List.of(
        memory("jvm_memory_used_bytes", "Memory in use.", MemoryUsage::getUsed),
        memory(
            "jvm_memory_committed_bytes",
            "Memory that the JVM has from the operating system.",
            MemoryUsage::getCommitted),
        memory("jvm_memory_limit_bytes", "Maximum of the memory.", MemoryUsage::getMax),
        collections(),
        threads(),
        cpuTime(),
        gauge(
            "jvm_cpu_recent_utilization_ratio",
            "Share of all processors that the process used recently, 0 to 1.",
            List.of(point(Labels.EMPTY, Math.max(0, system().getProcessCpuLoad())))),
        gauge(
            "jvm_cpu_count",
            "Processors available to the JVM.",
            List.of(point(Labels.EMPTY, Runtime.getRuntime().availableProcessors()))),
        gauge(
            "process_uptime_seconds",
            "Time since the start of the process.",
            List.of(
                point(
                    Labels.EMPTY,
                    ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND))),
        InfoSnapshot.builder()
            .name("target")
            .help("The program.")
            .dataPoint(
                InfoDataPointSnapshot.builder()
                    .labels(Labels.of("service_name", "kassa", "service_version", version))
                    .build())
            .build());
  }

  /** A limit that is not defined is left out. */
  private static MetricSnapshot memory(
      String name, String help, ToLongFunction<MemoryUsage> amount) {
    List<GaugeDataPointSnapshot> points = new ArrayList<>();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getUsage();
      long bytes = usage == null ? -1 : amount.applyAsLong(usage);
      if (bytes >= 0) {
        points.add(
            point(
                Labels.of(
                    "jvm_memory_pool_name",
                    pool.getName(),
                    "jvm_memory_type",
                    pool.getType() == MemoryType.HEAP ? "heap" : "non_heap"),
                (double) bytes));
      }
    }
    return gauge(name, help, points);
  }

  private static MetricSnapshot collections() {
    SummarySnapshot.Builder builder =
        SummarySnapshot.builder().name("jvm_gc_duration_seconds").help("Garbage collections.");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      builder.dataPoint(
          SummaryDataPointSnapshot.builder()
              .labels(Labels.of("jvm_gc_name", collector.getName()))
              .count(Math.max(0, collector.getCollectionCount()))
              .sum(Math.max(0, collector.getCollectionTime()) / MILLIS_PER_SECOND)
              .build());
    }
    return builder.build();
  }

  private static MetricSnapshot threads() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int daemons = threads.getDaemonThreadCount();
    return gauge(
        "jvm_thread_count",
        "Platform threads.",
        List.of(
            point(Labels.of("jvm_thread_daemon", "true"), daemons),
            point(
                Labels.of("jvm_thread_daemon", "false"),
                Math.max(0, threads.getThreadCount() - daemons))));
  }

  private static MetricSnapshot cpuTime() {
    return CounterSnapshot.builder()
        .name("jvm_cpu_time_seconds")
        .help("Processor time of the process.")
        .dataPoint(
            CounterDataPointSnapshot.builder()
                .value(Math.max(0, system().getProcessCpuTime()) / NANOS_PER_SECOND)
                .build())
        .build();
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }
}
