package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules, quotes and usage limits through the real launcher on both databases. */
class PricingIT {

  private static final String TEN_MUGS =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;
  private static final String ONE_MUG =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":1,"unitPrice":"100.00"}]%s}\
      """;

  /** Servers for the tests that need no new one. */
  private static final Map<Backend, KassaProcess> SHARED = new EnumMap<>(Backend.class);

  @AutoClose private static PostgresDatabase postgres;

  @TempDir private Path folder;

  /** Database of the test. */
  enum Backend {
    H2,
    POSTGRESQL
  }

  @BeforeAll
  static void startSharedServers(@TempDir Path folder) throws Exception {
    postgres = PostgresDatabase.create();
    SHARED.put(Backend.H2, KassaProcess.startServer(folder));
    SHARED.put(Backend.POSTGRESQL, KassaProcess.startServer(folder, "--db-url", postgres.url()));
  }

  @AfterAll
  static void stopSharedServers() {
    SHARED.values().forEach(KassaProcess::close);
  }

  @ParameterizedTest
  @EnumSource
  void editing_the_default_rule_changes_no_placed_order(Backend backend) throws Exception {
    try (PostgresDatabase own = PostgresDatabase.create()) {
      String[] flags = backend == Backend.H2 ? new String[0] : new String[] {"--db-url", own.url()};
      editDefaultRule(flags);
    }
  }

  private void editDefaultRule(String... flags) throws Exception {
    try (KassaProcess kassa = KassaProcess.startServer(folder, flags)) {
      String shipped = field("id", kassa.get("/v1/rules").body());
      String placed = kassa.post("/v1/orders", TEN_MUGS).body();
      assertThat(placed).contains("\"total\":\"900.00\"");
      String explained = kassa.get("/v1/orders/1?explain=true").body();
      assertThat(explained).contains("\"trace\"").contains("\"ruleVersion\":1");

      HttpResponse<String> read = kassa.get("/v1/rules/" + shipped);
      String edited = read.body().replace("\"percent\":\"10\"", "\"percent\":\"30\"");
      HttpResponse<String> written = kassa.send("PUT", "/v1/rules/" + shipped, etag(read), edited);

      assertThat(written.statusCode()).isEqualTo(200);
      assertThat(field("version", written.body())).isEqualTo("2");
      assertThat(kassa.post("/v1/quotes", TEN_MUGS).body()).contains("\"total\":\"700.00\"");
      assertThat(kassa.get("/v1/orders/1").body()).isEqualTo(placed);
      assertThat(kassa.get("/v1/orders/1?explain=true").body()).isEqualTo(explained);
      assertThat(kassa.post("/v1/rules/" + shipped + "/pause", "").statusCode()).isEqualTo(200);
      assertThat(kassa.post("/v1/quotes", TEN_MUGS).body()).contains("\"total\":\"1000.00\"");
      kassa.kill();
    }
    try (KassaProcess again = KassaProcess.startServer(folder, flags)) {
      assertThat(again.post("/v1/quotes", TEN_MUGS).body()).contains("\"total\":\"1000.00\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void limit_of_100_discounts_exactly_100_of_1000_concurrent_orders(Backend backend)
      throws Exception {
    KassaProcess kassa = shared(backend);
    activate(
        kassa,
        """
        {"code":"FIRE","limits":{"total":100},"effects":[{"type":"amount_off_order","amount":"5.00"}]}\
        """);
    String order = ONE_MUG.formatted(",\"codes\":[\"fire\"]");

    List<HttpResponse<String>> responses =
        runConcurrently(1_000, i -> kassa.post("/v1/orders", order));

    assertThat(responses.stream().filter(response -> response.statusCode() == 201))
        .hasSize(100)
        .allSatisfy(response -> assertThat(response.body()).contains("\"total\":\"95.00\""));
    assertThat(responses.stream().filter(response -> response.statusCode() != 201))
        .allSatisfy(response -> {
          assertThat(response.statusCode()).isEqualTo(422);
          assertThat(response.body()).contains("usage_limit_reached");
        });
  }

  @ParameterizedTest
  @EnumSource
  void budget_is_used_up_and_never_exceeded(Backend backend) throws Exception {
    KassaProcess kassa = shared(backend);
    String rule =
        activate(
            kassa,
            """
            {"limits":{"budget":{"type":"spend","limit":"100.00"}},\
            "effects":[{"type":"percent_off_order","percent":"7"}]}\
            """);

    List<HttpResponse<String>> responses =
        runConcurrently(300, i -> kassa.post("/v1/orders", ONE_MUG.formatted("")));

    assertThat(responses).allSatisfy(response -> assertThat(response.statusCode()).isEqualTo(201));
    // 14 times 7.00 is 98.00; the fifteenth would exceed the budget.
    assertThat(responses.stream().filter(it -> it.body().contains("\"total\":\"93.00\"")))
        .hasSize(14);
    assertThat(kassa.get("/v1/rules/" + rule + "/usage").body()).contains("\"amount\":\"98.00\"");
    // It would also apply to the orders of other tests.
    assertThat(kassa.post("/v1/rules/" + rule + "/pause", "").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void orders_with_the_same_codes_in_opposite_order_do_not_deadlock(Backend backend)
      throws Exception {
    KassaProcess kassa = shared(backend);
    for (String code : List.of("LEFT", "RIGHT")) {
      activate(
          kassa,
          """
          {"code":"%s","limits":{"total":1000},"effects":[{"type":"amount_off_order","amount":"5.00"}]}\
          """
              .formatted(code));
    }
    String one = ONE_MUG.formatted(",\"codes\":[\"LEFT\",\"RIGHT\"]");
    String other = ONE_MUG.formatted(",\"codes\":[\"RIGHT\",\"LEFT\"]");

    assertThat(runConcurrently(300, i -> kassa.post("/v1/orders", i % 2 == 0 ? one : other)))
        .allSatisfy(response -> {
          assertThat(response.statusCode()).isEqualTo(201);
          assertThat(response.body()).contains("\"total\":\"90.00\"");
        });
  }

  @ParameterizedTest
  @EnumSource
  void cancelled_order_releases_its_limit_usage_once(Backend backend) throws Exception {
    KassaProcess kassa = shared(backend);
    activate(
        kassa,
        """
        {"code":"ONCE","limits":{"total":1},"effects":[{"type":"amount_off_order","amount":"5.00"}]}\
        """);
    String order = ONE_MUG.formatted(",\"codes\":[\"ONCE\"]");
    HttpResponse<String> placed = kassa.post("/v1/orders", order);
    assertThat(placed.statusCode()).isEqualTo(201);
    assertThat(kassa.post("/v1/orders", order).statusCode()).isEqualTo(422);

    String cancel = "/v1/orders/" + field("id", placed.body()) + "/cancel";
    List<HttpResponse<String>> cancelled =
        runConcurrently(20, i -> kassa.send("POST", cancel, etag(placed), "{\"reason\":\"lost\"}"));

    assertThat(cancelled.stream().filter(response -> response.statusCode() == 200)).hasSize(1);
    assertThat(runConcurrently(20, i -> kassa.post("/v1/orders", order)))
        .filteredOn(response -> response.statusCode() == 201)
        .hasSize(1);
  }

  private static KassaProcess shared(Backend backend) {
    return Objects.requireNonNull(SHARED.get(backend));
  }

  private static String activate(KassaProcess kassa, String rule) {
    HttpResponse<String> written = kassa.post("/v1/rules", rule);
    assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
    String id = field("id", written.body());
    assertThat(kassa.post("/v1/rules/" + id + "/activate", "").statusCode()).isEqualTo(200);
    return id;
  }

  private static <T> List<T> runConcurrently(int times, java.util.function.IntFunction<T> call)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
      List<Callable<T>> calls =
          IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> call.apply(i)).toList();
      List<T> responses = new java.util.ArrayList<>();
      for (Future<T> response : threads.invokeAll(calls)) {
        responses.add(response.get());
      }
      return responses;
    }
  }

  private static String etag(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  /** Value of the first field with this name in a JSON text. */
  private static String field(String name, String json) {
    return Pattern.compile("\"" + name + "\":\"?([^\",}]+)")
        .matcher(json)
        .results()
        .map((MatchResult match) -> match.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + json));
  }
}
