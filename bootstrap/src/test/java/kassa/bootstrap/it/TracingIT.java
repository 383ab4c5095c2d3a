package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Traces through the real launcher, received by a small collector. */
@Timeout(300)
class TracingIT {

  private static final String ORDER =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT_SPAN = "b7ad6b7169203331";
  private static final String PARENT = "00-" + TRACE + "-" + PARENT_SPAN + "-01";

  @AutoClose private final TraceCollector collector;
  @TempDir private Path folder;

  TracingIT() throws Exception {
    collector = new TraceCollector();
  }

  private KassaProcess start(Map<String, String> more, String... flags) throws Exception {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "KASSA_ADMIN_PASSWORD",
                "a till that opens only for tests",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.endpoint(),
                "OTEL_BSP_SCHEDULE_DELAY",
                "100"));
    environment.putAll(more);
    return KassaProcess.startServer(folder, environment, flags);
  }

  private static HttpResponse<String> placeOrder(KassaProcess kassa) {
    return kassa.postIdempotently("/v1/orders", ORDER, "k-1", "traceparent", PARENT);
  }

  @Test
  void exports_the_spans_of_an_order_on_h2() throws Exception {
    try (KassaProcess kassa = start(Map.of(), "--log", "ecs", "--access-log", "true")) {
      assertExportsSpans(kassa);
      while (kassa.log().lines().noneMatch(TracingIT::isAccessOfTrace)) {
        Polling.pause();
      }
    }
  }

  private static boolean isAccessOfTrace(String line) {
    return line.contains("AccessLog") && line.contains("\"trace.id\":\"" + TRACE + "\"");
  }

  @Test
  void exports_the_spans_of_an_order_on_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.createEmpty();
        KassaProcess kassa = start(Map.of(), "--db-url", postgres.url())) {
      assertExportsSpans(kassa);
    }
  }

  private void assertExportsSpans(KassaProcess kassa) {
    HttpResponse<String> placed = placeOrder(kassa);

    assertThat(placed.statusCode()).isEqualTo(201);
    assertThat(placed.headers().firstValue("traceparent"))
        .get()
        .asString()
        .startsWith("00-" + TRACE + "-")
        .doesNotContain(PARENT_SPAN)
        .endsWith("-01");
    for (String name :
        new String[] {"POST /v1/orders", "pricing", "wait for group", "commit", "service.name"}) {
      collector.await(name);
    }
    assertThat(collector.hasId(TRACE)).isTrue();
    assertThat(collector.hasId(PARENT_SPAN)).isTrue();
    assertThat(collector.paths()).containsOnly("/v1/traces");
  }

  @Test
  void problems_name_their_trace() throws Exception {
    try (KassaProcess kassa = start(Map.of())) {
      HttpResponse<String> problem =
          kassa.postIdempotently("/v1/orders", "{}", "k-2", "traceparent", PARENT);

      assertThat(problem.statusCode()).isEqualTo(422);
      assertThat(problem.body()).contains("\"traceId\":\"" + TRACE + "\"");
      assertThat(kassa.get("/v1/nothing").body()).containsPattern("\"traceId\":\"[0-9a-f]{32}\"");
    }
  }

  @Test
  void sampler_of_the_variables_is_used() throws Exception {
    try (KassaProcess kassa = start(Map.of("OTEL_TRACES_SAMPLER", "always_off"))) {
      Optional<String> traceParent = placeOrder(kassa).headers().firstValue("traceparent");

      assertThat(traceParent).get().asString().startsWith("00-" + TRACE).endsWith("-00");
      kassa.stop();
    }
    assertThat(collector.paths()).isEmpty();
  }

  @Test
  void a_collector_that_is_away_does_not_stop_the_server() throws Exception {
    collector.close();
    try (KassaProcess kassa = start(Map.of())) {
      assertThat(placeOrder(kassa).statusCode()).isEqualTo(201);
      while (!kassa.log().contains("Failed to export")) {
        Polling.pause();
      }
      assertThat(placeOrder(kassa).statusCode()).isEqualTo(201);
    }
  }
}
