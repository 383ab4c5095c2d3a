package kassa.adapters.http.order.batch;

import static kassa.adapters.http.ContractCheckingClient.expect;
import static kassa.adapters.http.OrderBodies.batch;
import static kassa.adapters.http.OrderBodies.line;
import static kassa.adapters.http.OrderBodies.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.ManualClock;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.OrderCountingStore;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BatchEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void each_order_gets_the_response_of_a_single_order() {
    TestResponse response =
        post(batch(OrderBodies.VALID_ORDER, order("USD", line("MUG", "50", "100.00"))));

    for (JsonNode result : response.json().get("results")) {
      String path = "/v1/orders/" + result.at("/order/id").stringValue();
      assertThat(result.get("order")).isEqualTo(client.get(path).json());
    }
    assertThat(totals(response)).containsExactly("100.00", "4000.00");
    assertThat(response.json().get("summary"))
        .isEqualTo(TestJson.read("{\"placed\": 2, \"rejected\": 0}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"each\"", "null"})
  void accepts_explicit_default_atomicity(String atomicity) {
    String body =
        """
        {"orders": [%s], "atomicity": %s}\
        """
            .formatted(OrderBodies.VALID_ORDER, atomicity);

    assertThat(totals(post(body))).containsExactly("100.00");
  }

  @Test
  void results_are_in_request_order_with_all_kinds_of_invalid_orders() {
    TestResponse response =
        post(
            batch(
                order("USD", line("FIRST", "1", "1.00")),
                "null",
                order("XXX", line("MUG", "1", "1.00")),
                order("USD", line("SECOND", "1", "2.00")),
                "[]",
                order("USD"),
                order("USD", line("MUG", "0", "1.00"), line("MUG", "1", "-1.00")),
                order("USD", line("MUG", "1", "1.00"), "7"),
                "{\"unknown\": 1}",
                order("USD", line("THIRD", "1", "3.00"))));

    JsonNode results = response.json().get("results");
    assertThat(results.findValuesAsString("index"))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(statuses(response))
        .containsExactly(201, 400, 422, 201, 400, 422, 422, 400, 400, 201);
    assertThat(results.findValuesAsString("sku")).containsExactly("FIRST", "SECOND", "THIRD");
    assertThat(results.get(6).at("/problem/errors").findValuesAsString("pointer"))
        .containsExactly("/lines/0/quantity", "/lines/1/unitPrice");
    assertThat(results.get(8).at("/problem/errors").findValuesAsString("pointer"))
        .containsExactly("/currency", "/lines", "/unknown");
    assertThat(response.json().get("summary"))
        .isEqualTo(TestJson.read("{\"placed\": 3, \"rejected\": 7}"));
    assertThat(client.get("/v1/orders").json().get("data")).hasSize(3);
  }

  @Test
  void each_problem_contains_the_request_id() {
    TestResponse response = post(batch("1", "2"));

    assertThat(response.json().get("results").findValuesAsString("requestId"))
        .containsExactly(response.header("X-Request-Id"), response.header("X-Request-Id"));
  }

  @Test
  void accepts_a_thousand_orders() {
    TestResponse response =
        post(
            batch(
                IntStream.range(0, 1_000)
                    .mapToObj(i -> order("USD", line("SKU-" + i, "1", "1.00")))
                    .toArray(String[]::new)));

    assertThat(response.json().get("results").findValuesAsString("sku"))
        .isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "SKU-" + i).toList());
    assertThat(response.at("/summary/placed")).isEqualTo("1000");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {}                                  | 422 | /orders missing_field
          {"orders": null}                    | 422 | /orders missing_field
          {"orders": []}                      | 422 | /orders empty
          {"orders": {}}                      | 400 | /orders wrong_type
          {"orders": "x"}                     | 400 | /orders wrong_type
          {"orders": [1], "atomicity": "any"} | 422 | /atomicity out_of_range
          {"orders": [1], "atomicity": true}  | 400 | /atomicity wrong_type
          {"orders": [1], "order": [1]}       | 400 | /order unknown_field
          []                                  | 400 |  wrong_type
          "x"                                 | 400 | wrong_type
          1                                   | 400 | wrong_type
          null                                | 400 | wrong_type
          """,
      delimiter = '|')
  void rejects_invalid_batch(String body, int status, String violation) {
    TestResponse response = client.post("/v1/orders/batch", body);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.violations()).containsExactly(violation);
  }

  @ParameterizedTest
  @CsvSource({"all, 10, 500, true", "all, 11, 455, false", "each, 41, 488, false"})
  void bounds_the_lines_of_all_orders(String atomicity, int orders, int lines, boolean isAllowed) {
    String order =
        order("USD", Collections.nCopies(lines, line("MUG", "1", "1.00")).toArray(String[]::new));

    TestResponse response =
        client.post(
            "/v1/orders/batch",
            batch(Collections.nCopies(orders, order).toArray(String[]::new))
                .replaceFirst("\\{", "{\"atomicity\": \"" + atomicity + "\", "));

    assertThat(response.status()).isEqualTo(isAllowed ? 200 : 422);
    if (!isAllowed) {
      assertThat(response.violations()).containsExactly("/orders too_many");
      assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "each"})
  void repeated_key_in_a_batch_places_one_order(String atomicity) {
    String order = OrderBodies.VALID_ORDER.replaceFirst("\\{", "{\"key\": \"k-1\", ");

    TestResponse response =
        post(
            batch(order, order, order)
                .replaceFirst("\\{", "{\"atomicity\": \"" + atomicity + "\", "));

    assertThat(response.at("/summary/placed")).isEqualTo("3");
    assertThat(response.at("/results/2/replayed")).isEqualTo("true");
    assertThat(response.at("/results/2/order/id")).isEqualTo(response.at("/results/0/order/id"));
    assertThat(client.get("/v1/orders").json().get("data")).hasSize(1);
  }

  @Test
  void exhausted_limit_is_reported_for_the_order_that_lacks_it() {
    TestResponse rule =
        client.post(
            "/v1/rules",
            """
            {"effects": [{"type": "percent_off_order", "percent": "10"}], "limits": {"total": 1}}\
            """);
    client.post(
        "/v1/rules/" + rule.at("/id") + "/activate",
        "",
        "Content-Type",
        "application/json",
        "If-Match",
        rule.header("ETag"));

    TestResponse response =
        post(
            batch(OrderBodies.VALID_ORDER, OrderBodies.VALID_ORDER)
                .replaceFirst("\\{", "{\"atomicity\": \"all\", "));

    assertThat(response.at("/results/0/problem/code")).isEqualTo("batch_aborted");
    assertThat(response.at("/results/1/problem/code")).isEqualTo("limit_exhausted");
    assertThat(response.at("/results/1/status")).isEqualTo("409");
    assertThat(response.at("/results/1/problem/detail")).contains(rule.at("/id"));
  }

  @Test
  void rejects_more_than_a_thousand_orders_and_places_none() {
    TestResponse response =
        client.post(
            "/v1/orders/batch",
            "{\"orders\": [" + OrderBodies.repeated(1_001, OrderBodies.VALID_ORDER) + "]}");

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/orders too_many");
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  @Test
  void reports_orders_not_started_before_the_batch_deadline() {
    ManualClock clock = new ManualClock();
    try (TestServer slow =
        TestServer.startWith(
            store ->
                new OrderCountingStore(store, 2, () -> clock.advance(TestServer.BATCH_DEADLINE)),
            clock)) {
      TestResponse response =
          slow.client.post(
              "/v1/orders/batch",
              "{\"orders\": [" + OrderBodies.repeated(4, OrderBodies.VALID_ORDER) + "]}");

      assertThat(statuses(response)).containsExactly(201, 201, 503, 503);
      assertThat(response.json().get("results").findValuesAsString("code"))
          .containsExactly("deadline_exceeded", "deadline_exceeded");
      assertThat(slow.client.get("/v1/orders").json().get("data")).hasSize(2);
    }
  }

  @Test
  void reports_which_orders_failed_when_the_store_goes_down_midway() {
    try (TestServer failing = failingAfter(2)) {
      TestResponse response =
          failing.client.post(
              "/v1/orders/batch",
              "{\"orders\": [" + OrderBodies.repeated(4, OrderBodies.VALID_ORDER) + "]}");

      assertThat(statuses(response)).containsExactly(201, 201, 503, 503);
      assertThat(response.json().get("results").findValuesAsString("code"))
          .containsExactly("store_unavailable", "store_unavailable");
    }
  }

  private static TestServer failingAfter(int orders) {
    return TestServer.startWith(
        store -> new OrderCountingStore(store, orders, store::makeUnavailable),
        TestServer.risingClock());
  }

  private TestResponse post(String body) {
    return expect(200, client.post("/v1/orders/batch", body));
  }

  private static List<Integer> statuses(TestResponse response) {
    return response
        .json()
        .get("results")
        .valueStream()
        .map(result -> result.get("status").intValue())
        .toList();
  }

  private static List<String> totals(TestResponse response) {
    return response
        .json()
        .get("results")
        .valueStream()
        .map(result -> result.at("/order/total").stringValue())
        .toList();
  }
}
