package kassa.adapters.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.MetricsFormat;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.StepTimer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTelemetryTest {

  private static final Path REFERENCE = Path.of("..", "docs", "reference", "metrics.md");
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)\\})? .*");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  private final ServerTelemetry telemetry = new ServerTelemetry("0.1.0", null);

  @Test
  void counts_by_name_and_reason() {
    telemetry.count(Counter.ORDERS_PLACED);
    telemetry.count(Counter.ORDERS_PLACED, 4);
    telemetry.count(Counter.ORDERS_PRICE_CHANGED);
    telemetry.count(Counter.LOGINS_TOO_MANY_ATTEMPTS, 2);

    assertThat(lines())
        .contains(
            "kassa_orders_placed_total 5.0",
            "kassa_orders_refused_total{reason=\"price_changed\"} 1.0",
            "kassa_orders_refused_total{reason=\"invalid_cart\"} 0.0",
            "kassa_login_failures_total{reason=\"too_many_attempts\"} 2.0");
  }

  @Test
  void groups_are_counted_in_buckets() {
    telemetry.recordGroupSize(1);
    telemetry.recordGroupSize(3);
    telemetry.recordGroupSize(4);
    telemetry.recordGroupSize(2_000);

    assertThat(lines())
        .contains(
            "kassa_group_size_bucket{le=\"1.0\"} 1",
            "kassa_group_size_bucket{le=\"2.0\"} 1",
            "kassa_group_size_bucket{le=\"4.0\"} 3",
            "kassa_group_size_bucket{le=\"1024.0\"} 3",
            "kassa_group_size_bucket{le=\"+Inf\"} 4",
            "kassa_group_size_count 4",
            "kassa_group_size_sum 2008.0");
  }

  @Test
  void request_buckets_show_the_goal_of_12_ms() {
    telemetry.beginRequest(header -> null).end("POST", "/v1/orders", 201);

    assertThat(lines())
        .filteredOn(line -> line.startsWith("http_server_request_duration_seconds_bucket"))
        .extracting(line -> line.replaceAll(".*le=\"([^\"]+)\".*", "$1"))
        .containsExactly(
            "0.001", "0.0025", "0.005", "0.0075", "0.01", "0.0125", "0.015", "0.025", "0.05", "0.1",
            "0.25", "0.5", "1.0", "2.5", "5.0", "10.0", "+Inf");
  }

  @Test
  void a_step_is_recorded_once_and_lasts_until_it_is_stopped() {
    try (StepTimer timer = telemetry.begin(Step.COMMIT)) {
      timer.stop();
      timer.stop();
    }

    assertThat(lines()).contains("kassa_group_commit_duration_seconds_count 1");
  }

  @ParameterizedTest
  @CsvSource({"GET, GET", "get, _OTHER", "BREW, _OTHER", "'a\"b', _OTHER"})
  void unknown_methods_share_one_series(String sent, String label) {
    telemetry.beginRequest(header -> null).end(sent, "/v1/orders", 405);

    assertThat(lines())
        .contains(
            "http_server_request_duration_seconds_count{http_request_method=\""
                + label
                + "\",http_response_status_code=\"405\",http_route=\"/v1/orders\"} 1");
  }

  @Test
  void requests_are_active_until_they_end() {
    var request = telemetry.beginRequest(header -> null);
    assertThat(lines()).contains("http_server_active_requests 1.0");

    request.end("GET", "", 404);

    assertThat(lines()).contains("http_server_active_requests 0.0");
  }

  @Test
  void a_gauge_that_cannot_be_read_is_left_out() {
    telemetry.register(Gauge.WRITE_QUEUE_LENGTH, () -> 7);
    telemetry.register(
        Gauge.DATABASE_FILE_BYTES,
        () -> {
          throw new IllegalStateException("the file is gone");
        });

    assertThat(lines())
        .contains("kassa_write_queue_length 7.0")
        .noneMatch(line -> line.startsWith("kassa_database_file_size_bytes"));
  }

  @Test
  void open_metrics_end_with_eof() {
    assertThat(new String(telemetry.write(MetricsFormat.OPEN_METRICS), UTF_8))
        .contains("# TYPE kassa_orders_placed counter\n")
        .endsWith("# EOF\n");
    assertThat(new String(telemetry.write(MetricsFormat.PROMETHEUS_TEXT), UTF_8))
        .contains("# TYPE kassa_orders_placed_total counter\n");
  }

  @Test
  void reference_lists_every_metric_with_type_labels_and_meaning() throws IOException {
    for (Gauge gauge : Gauge.values()) {
      telemetry.register(gauge, () -> 1);
    }
    telemetry.beginRequest(header -> null).end("GET", "/v1/orders", 200);

    assertThat(documented()).containsExactlyInAnyOrderElementsOf(exposed());
  }

  /** The metrics as rows of the reference, from what is written. */
  private List<String> exposed() {
    Map<String, String> helps = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    Map<String, TreeSet<String>> labels = new TreeMap<>();
    for (String line : allLines()) {
      if (line.startsWith("# HELP ")) {
        String[] parts = line.split(" ", 4);
        helps.put(parts[2], parts[3]);
      } else if (line.startsWith("# TYPE ")) {
        String[] parts = line.split(" ", 4);
        types.put(parts[2], parts[3]);
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String name = familyOf(sample.group(1), types);
        TreeSet<String> names = labels.computeIfAbsent(name, each -> new TreeSet<>());
        if (sample.group(2) != null) {
          LABEL.matcher(sample.group(2)).results().forEach(label -> names.add(label.group(1)));
        }
        names.remove("le");
      }
    }
    return types.keySet().stream()
        .map(name ->
            "`%s` | %s | %s | %s"
                .formatted(
                    name,
                    types.get(name),
                    String.join(
                        ", ",
                        requireNonNull(labels.get(name)).stream()
                            .map(each -> "`" + each + "`")
                            .toList()),
                    helps.get(name)))
        .toList();
  }

  private static String familyOf(String sample, Map<String, String> types) {
    return Stream.of("", "_bucket", "_sum", "_count")
        .filter(sample::endsWith)
        .map(suffix -> sample.substring(0, sample.length() - suffix.length()))
        .filter(types::containsKey)
        .findFirst()
        .orElseThrow(() -> new AssertionError(sample));
  }

  private static List<String> documented() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(REFERENCE)) {
      if (line.startsWith("| `")) {
        List<String> cells =
            Stream.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
        if (cells.size() == 4) {
          rows.add(String.join(" | ", cells));
        }
      }
    }
    return rows;
  }

  private List<String> lines() {
    return allLines().stream().filter(line -> !line.startsWith("#")).toList();
  }

  private List<String> allLines() {
    return new String(telemetry.write(MetricsFormat.PROMETHEUS_TEXT), UTF_8).lines().toList();
  }
}
