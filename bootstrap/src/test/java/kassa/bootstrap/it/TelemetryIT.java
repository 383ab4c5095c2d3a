package kassa.bootstrap.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics through the real launcher on both databases. */
@Timeout(300)
class TelemetryIT {

  private static final String ORDER =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;
  private static final Pattern MANAGEMENT = Pattern.compile("health checks are at (http://\\S+)");

  private static final Pattern NAME = Pattern.compile("[a-z]+(?:_[a-z]+)+");
  private static final Pattern USED =
      Pattern.compile("\\b(?:http_|db_client_|jvm_|process_|kassa_)[a-z_]*[a-z]\\b");

  @TempDir private Path folder;

  @Test
  void measures_orders_on_h2() throws Exception {
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      assertMeasuresOrders(kassa);
      assertThat(metrics(kassa))
          .anyMatch(line -> line.startsWith("kassa_database_file_size_bytes"));
    }
  }

  @Test
  void measures_orders_on_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create();
        KassaProcess kassa = KassaProcess.startServer(folder, "--db-url", postgres.url())) {
      assertMeasuresOrders(kassa);
      assertThat(metrics(kassa))
          .noneMatch(line -> line.startsWith("kassa_database_file_size_bytes"));
    }
  }

  private static void assertMeasuresOrders(KassaProcess kassa) throws Exception {
    assertThat(kassa.post("/v1/orders", ORDER).statusCode()).isEqualTo(201);
    assertThat(kassa.post("/v1/orders", ORDER).statusCode()).isEqualTo(201);
    assertThat(
            kassa
                .post("/v1/orders", ORDER.replace("}]}", "}],\"expectedTotal\":\"1.00\"}"))
                .statusCode())
        .isEqualTo(409);
    // The last request is recorded after its response was sent.
    while (metrics(kassa).stream()
        .noneMatch(line ->
            line.startsWith("http_server_request_duration_seconds_count{")
                && line.contains("\"409\"")
                && line.endsWith("http_route=\"/v1/orders\"} 1"))) {
      Polling.pause();
    }

    assertThat(metrics(kassa))
        .contains(
            "kassa_orders_placed_total 2.0",
            "kassa_orders_refused_total{reason=\"price_changed\"} 1.0",
            "kassa_pricing_duration_seconds_count 3",
            "kassa_group_size_sum 2.0",
            "kassa_write_queue_length 0.0",
            "db_client_connection_max{db_client_connection_pool_name=\"primary\"} 10.0");
    assertThat(metrics(kassa))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{") && !line.endsWith(" 0.0"));
  }

  @Test
  void management_port_is_a_port_of_its_own() throws Exception {
    try (KassaProcess kassa = KassaProcess.startServer(folder, "--management-port", "0")) {
      Matcher address = MANAGEMENT.matcher(kassa.log());
      assertThat(address.find()).isTrue();

      assertThat(get(address.group(1) + "/metrics").statusCode()).isEqualTo(200);
      assertThat(get(address.group(1) + "/health/started").statusCode()).isEqualTo(200);
      assertThat(get(address.group(1) + "/v1/orders").statusCode()).isEqualTo(404);
      assertThat(get(kassa.address() + "/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void loads_the_metrics_library_at_the_first_scrape() throws Exception {
    Path classes = folder.resolve("classes.log");
    try (KassaProcess kassa =
        KassaProcess.startServer(
            folder, "--java-opts", KassaProcess.JAVA_OPTS + " -Xlog:class+load:file=" + classes)) {
      assertThat(kassa.post("/v1/orders", ORDER).statusCode()).isEqualTo(201);
      assertThat(classes)
          .content()
          .contains("kassa.adapters.telemetry.")
          .doesNotContain("io.prometheus.")
          .doesNotContain("io.opentelemetry.");

      metrics(kassa);

      assertThat(classes).content().contains("io.prometheus.");
    }
  }

  @Test
  void a_flight_recording_has_the_requests() throws Exception {
    Path recording = folder.resolve("kassa.jfr");
    try (KassaProcess kassa =
        KassaProcess.startServer(
            folder,
            "--java-opts",
            KassaProcess.JAVA_OPTS
                + " -Xlog:jfr+startup=off -XX:StartFlightRecording=filename="
                + recording)) {
      assertThat(kassa.post("/v1/orders", ORDER).statusCode()).isEqualTo(201);
      kassa.stop();
    }

    // Names are stored as text.
    assertThat(Files.readString(recording, ISO_8859_1))
        .contains("/v1/orders", "kassa.Pricing", "kassa.GroupWait", "kassa.Commit");
  }

  @Test
  void logs_one_line_per_request_without_secrets() throws Exception {
    try (KassaProcess kassa =
        KassaProcess.startServer(folder, "--access-log", "true", "--log", "ecs")) {
      kassa.post("/v1/orders", ORDER);
      kassa.getAnonymously("/v1/orders/a%0Ab?secret=k4ss4");
      while (accessLog(kassa).size() < 2) {
        Polling.pause();
      }

      assertThat(accessLog(kassa).getFirst())
          .contains("\"http.request.method\":\"POST\"")
          .contains("\"http.route\":\"/v1/orders\"")
          .contains("\"url.path\":\"/v1/orders\"")
          .contains("\"http.response.status_code\":201")
          .containsPattern("\"event.duration\":[1-9][0-9]+,")
          .containsPattern("\"http.response.body.bytes\":[1-9][0-9]+,")
          .containsPattern("\"http.request.id\":\"[0-9a-f-]{36}\"")
          .containsPattern("\"user.id\":\"usr_[0-9a-z]+\"");
      assertThat(accessLog(kassa).getLast())
          .contains("\"url.path\":\"/v1/orders/a%0Ab\"")
          .contains("\"http.response.status_code\":401")
          .contains("\"user.id\":\"-\"");
      assertThat(kassa.log()).doesNotContain("k4ss4").doesNotContain(kassa.token());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grafana/kassa.json", "prometheus/kassa-alerts.yml"})
  void dashboard_and_alert_rules_use_metrics_and_labels_that_exist(String file) throws Exception {
    Set<String> existing = new TreeSet<>();
    try (KassaProcess kassa = KassaProcess.startServer(folder)) {
      kassa.get("/v1/orders");
      while (existing.stream().noneMatch("http_server_request_duration_seconds_bucket"::equals)) {
        metrics(kassa).forEach(line -> addNames(line, existing));
      }
    }
    String deployed =
        Files.readString(Path.of(System.getProperty("kassa.home"), "deploy").resolve(file));
    Set<String> used =
        USED.matcher(deployed)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(used).hasSizeGreaterThan(8);
    assertThat(existing).containsAll(used);
  }

  /** Adds the names of the series and of the labels of a line. */
  private static void addNames(String line, Set<String> names) {
    if (!line.startsWith("#")) {
      NAME.matcher(line).results().map(MatchResult::group).forEach(names::add);
    }
  }

  private static List<String> accessLog(KassaProcess kassa) throws Exception {
    return kassa.log().lines().filter(line -> line.contains("AccessLog")).toList();
  }

  private static List<String> metrics(KassaProcess kassa) throws Exception {
    HttpResponse<String> response = get(kassa.address() + "/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body().lines().toList();
  }

  private static HttpResponse<String> get(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
  }
}
