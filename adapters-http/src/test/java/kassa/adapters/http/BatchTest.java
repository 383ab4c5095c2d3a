package kassa.adapters.http;

import static kassa.adapters.http.Bodies.batch;
import static kassa.adapters.http.Bodies.line;
import static kassa.adapters.http.Bodies.order;
import static kassa.adapters.http.CheckedClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BatchTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void answers_each_order_as_if_it_had_come_alone() {
    Answer answer = post(batch(Bodies.GOOD, order("USD", line("MUG", "50", "100.00"))));

    for (JsonNode result : answer.json().get("results")) {
      String path = "/v1/orders/" + result.at("/order/id").stringValue();
      assertThat(result.get("order")).isEqualTo(client.get(path).json());
    }
    assertThat(totals(answer)).containsExactly("100.00", "4000.00");
    assertThat(answer.json().get("summary"))
        .isEqualTo(Json.read("{\"placed\": 2, \"rejected\": 0}"));
  }

  @Test
  void takes_the_bare_list_for_the_same() {
    String orders = "[%s, %s]".formatted(Bodies.GOOD, order("JPY", line("FAN", "1", "5")));

    assertThat(totals(post(orders))).containsExactly("100.00", "5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"each\"", "null"})
  void places_each_for_itself_which_may_be_said(String atomicity) {
    String body =
        """
        {"orders": [%s], "atomicity": %s}\
        """
            .formatted(Bodies.GOOD, atomicity);

    assertThat(totals(post(body))).containsExactly("100.00");
  }

  @Test
  void answers_in_the_order_of_the_orders_with_bad_ones_of_each_kind_between() {
    Answer answer =
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

    JsonNode results = answer.json().get("results");
    assertThat(results.findValuesAsString("index"))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(statuses(answer)).containsExactly(201, 400, 422, 201, 400, 422, 422, 400, 400, 201);
    assertThat(results.findValuesAsString("sku")).containsExactly("FIRST", "SECOND", "THIRD");
    assertThat(results.get(6).at("/problem/errors").findValuesAsString("pointer"))
        .containsExactly("/lines/0/quantity", "/lines/1/unitPrice");
    assertThat(results.get(8).at("/problem/errors").findValuesAsString("pointer"))
        .containsExactly("/currency", "/lines", "/unknown");
    assertThat(answer.json().get("summary"))
        .isEqualTo(Json.read("{\"placed\": 3, \"rejected\": 7}"));
    assertThat(client.get("/v1/orders").json().get("data")).hasSize(3);
  }

  @Test
  void names_the_request_in_the_problem_of_each_order() {
    Answer answer = post(batch("1", "2"));

    assertThat(answer.json().get("results").findValuesAsString("requestId"))
        .containsExactly(answer.header("X-Request-Id"), answer.header("X-Request-Id"));
  }

  @Test
  void takes_a_thousand_orders() {
    Answer answer =
        post(
            batch(
                IntStream.range(0, 1_000)
                    .mapToObj(i -> order("USD", line("SKU-" + i, "1", "1.00")))
                    .toArray(String[]::new)));

    assertThat(answer.json().get("results").findValuesAsString("sku"))
        .isEqualTo(IntStream.range(0, 1_000).mapToObj(i -> "SKU-" + i).toList());
    assertThat(answer.at("/summary/placed")).isEqualTo("1000");
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
          []                                  | 422 | empty
          "x"                                 | 400 | wrong_type
          1                                   | 400 | wrong_type
          null                                | 400 | wrong_type
          """,
      delimiter = '|')
  void refuses_what_is_no_batch(String body, int status, String flaw) {
    Answer answer = client.post("/v1/orders/batch", body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.flaws()).containsExactly(flaw);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"orders": [%s]} | /orders too_many
          [%s]             | too_many
          """,
      delimiter = '|')
  void refuses_a_thousand_and_one_orders_and_places_none(String form, String flaw) {
    Answer answer =
        client.post("/v1/orders/batch", form.formatted(Bodies.times(1_001, Bodies.GOOD)));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.flaws()).containsExactly(flaw);
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  @Test
  void says_of_each_order_that_was_not_begun_before_the_deadline_that_it_was_not() {
    MovableClock clock = new MovableClock();
    try (TestServer slow =
        TestServer.over(
            store -> new ObservedStore(store, 2, () -> clock.forward(TestServer.DEADLINE)),
            clock)) {
      Answer answer =
          slow.client.post("/v1/orders/batch", "[" + Bodies.times(4, Bodies.GOOD) + "]");

      assertThat(statuses(answer)).containsExactly(201, 201, 503, 503);
      assertThat(answer.json().get("results").findValuesAsString("code"))
          .containsExactly("deadline_exceeded", "deadline_exceeded");
      assertThat(slow.client.get("/v1/orders").json().get("data")).hasSize(2);
    }
  }

  @Test
  void says_which_orders_a_store_did_not_take_that_failed_on_the_way() {
    try (TestServer failing = failingAfter(2)) {
      Answer answer =
          failing.client.post("/v1/orders/batch", "[" + Bodies.times(4, Bodies.GOOD) + "]");

      assertThat(statuses(answer)).containsExactly(201, 201, 503, 503);
      assertThat(answer.json().get("results").findValuesAsString("code"))
          .containsExactly("store_unavailable", "store_unavailable");
    }
  }

  private static TestServer failingAfter(int orders) {
    return TestServer.over(
        store -> new ObservedStore(store, orders, store::takeAway), TestServer.risingClock());
  }

  private Answer post(String body) {
    return expect(200, client.post("/v1/orders/batch", body));
  }

  private static List<Integer> statuses(Answer answer) {
    return answer
        .json()
        .get("results")
        .valueStream()
        .map(result -> result.get("status").intValue())
        .toList();
  }

  private static List<String> totals(Answer answer) {
    return answer
        .json()
        .get("results")
        .valueStream()
        .map(result -> result.at("/order/total").stringValue())
        .toList();
  }
}
