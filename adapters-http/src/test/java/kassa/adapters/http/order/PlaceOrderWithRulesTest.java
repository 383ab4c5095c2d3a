package kassa.adapters.http.order;

import static kassa.adapters.http.ContractCheckingClient.expect;
import static kassa.adapters.http.OrderBodies.batch;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.FixedBatchResult;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.UseCaseOverrides;
import kassa.application.UseCases;
import kassa.application.idempotency.Execution;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.in.order.PlaceOrderBatch;
import kassa.application.port.in.order.PlaceOrderIdempotently;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Placing orders with rules, codes, rule conditions and price expectations. */
class PlaceOrderWithRulesTest {

  private static final String REJECTED_CODE = "{\"code\": \"%s\", \"reason\": \"%s\"}";

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @BeforeEach
  void activateRules() {
    server.activateRule(
        """
        {"label": "Summer", "code": "SUMMER", "when": {"minSubtotal": "50"},
         "effects": [{"type": "percent_off_order", "percent": "10"}]}
        """);
    server.activateRule(
        """
        {"label": "Wholesale", "when": {"customerGroups": ["wholesale"], "channels": ["web"]},
         "effects": [{"type": "amount_off_shipping", "amount": "2"}]}
        """);
    server.activateRule(
        """
        {"label": "Old", "code": "OLD", "window": {"to": "2026-01-01T00:00:00Z"},
         "effects": [{"type": "percent_off_order", "percent": "10"}]}
        """);
  }

  @Test
  void stores_request_and_price() {
    TestResponse placed =
        client.place(
            """
            {"currency": "USD", "codes": [" summer ", "Old"], "onInvalidCode": "drop",
             "customer": {"id": "c-1", "group": "wholesale", "orderCount": 4}, "channel": "web",
             "shipping": {"amount": "5.00", "method": "ground"}, "metadata": {"till": "7"},
             "lines": [{"sku": "MUG", "quantity": 2, "unitPrice": "50.00", "taxRate": "19",
               "tags": ["mug"], "listPrice": "60", "onSale": true, "minUnitPrice": "10"}]}
            """);

    assertThat(placed.json().get("shipping"))
        .isEqualTo(
            TestJson.read(
                """
                {"amount": "5.00", "method": "ground", "taxRate": null, "discountTotal": "2.00",
                 "taxTotal": "0.00", "total": "3.00"}
                """));
    assertThat(placed.json().get("rejected"))
        .isEqualTo(TestJson.read("[" + REJECTED_CODE.formatted("Old", "expired") + "]"));
    assertThat(placed.json().get("discounts").findValuesAsString("label"))
        .containsExactly("Summer", "Wholesale");
    assertThat(placed.at("/discounts/0/code")).isEqualTo("summer");
    assertThat(
            List.of(
                placed.at("/customerId"),
                placed.at("/customerGroup"),
                placed.at("/channel"),
                placed.at("/discountTotal"),
                placed.at("/taxTotal"),
                placed.at("/total")))
        .containsExactly("c-1", "wholesale", "web", "12.00", "17.10", "110.10");
    assertThat(client.get(placed.header("Location")).body()).isEqualTo(placed.body());
  }

  @Test
  void explains_the_outcome_of_each_rule() {
    TestResponse placed = client.place(withCodes("[\"SUMMER\"]"));

    TestResponse explained = client.get(placed.header("Location") + "?explain=true");

    assertThat(explained.json().get("trace").findValuesAsString("label"))
        .containsExactly("Quantity tiers", "Summer", "Wholesale", "Old");
    assertThat(explained.json().get("trace").findValuesAsString("outcome"))
        .containsExactly("skipped", "applied", "skipped", "skipped");
    assertThat(explained.at("/trace/3/reason")).isEqualTo("code_not_given");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          ["none"]                   | /codes/0 unknown_code
          ["SUMMER", "old"]          | /codes/1 expired
          ["summer", "SUMMER", "no"] | /codes/2 unknown_code
          ["no", "NO"]               | /codes/0 unknown_code
          ["a", "OLD"]               | /codes/0 unknown_code, /codes/1 expired
          ["", " "]                  | /codes/0 unknown_code
          ["SUMMER\\u200B"]           | /codes/0 unknown_code
          ["SUMMER\\u0000"]           | /codes/0 unknown_code
          """,
      delimiter = '|')
  void rejects_codes_without_effect_and_quotes_the_price_without_them(
      String codes, String violations) {
    for (String body :
        List.of(withCodes(codes), withCodes(codes + ", \"onInvalidCode\": \"reject\""))) {
      TestResponse response = client.post("/v1/orders", body);

      assertThat(response.status()).isEqualTo(422);
      assertThat(response.at("/code")).isEqualTo("code_rejected");
      assertThat(response.violations()).containsExactly(violations.split(", ", -1));
      assertThat(response.json().get("quote")).isEqualTo(priceOf(withCodes(codes)));
    }
    assertNothingPlaced();
  }

  @Test
  void places_an_order_with_a_unit_price_of_zero() {
    TestResponse placed = client.post("/v1/orders", OrderBodies.orderWith("unitPrice", "\"0.00\""));

    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.at("/total")).isEqualTo("0.00");
  }

  @Test
  void names_the_currency_of_a_code_for_another_currency() {
    server.activateRule(
        """
        {"code": "EURO", "currency": "EUR", "effects": [{"type": "percent_off_order",
         "percent": "10"}]}\
        """);

    TestResponse response = client.post("/v1/orders", withCodes("[\"EURO\"]"));

    assertThat(response.at("/errors/0/detail")).isEqualTo("the code is only for orders in EUR");
    assertThat(client.post("/v1/quotes", withCodes("[\"EURO\"]")).at("/rejected/0/currency"))
        .isEqualTo("EUR");
    TestResponse dropped =
        client.place(withCodes("[\"EURO\"]").replaceFirst("\\{", "{\"onInvalidCode\": \"drop\", "));
    assertThat(client.get("/v1/orders/" + dropped.at("/id")).body()).isEqualTo(dropped.body());
  }

  @Test
  void reports_why_a_code_has_no_effect() {
    TestResponse response =
        client.post("/v1/orders", withCodes("[\"SUMMER\", \"x\"]").replace("100.00", "49.99"));

    assertThat(response.json().get("errors").findValuesAsString("detail"))
        .containsExactly(
            "the order does not meet the conditions of the code", "no active rule has this code");
    assertThat(response.at("/quote/total")).isEqualTo("49.99");
  }

  @Test
  void drops_codes_without_effect_if_requested() {
    TestResponse placed =
        client.place(
            withCodes(
                "[\"x\", \"\\u00A0SUMMER\\u3000\", \"\", \""
                    + "x".repeat(65)
                    + "\"], \"onInvalidCode\": \"drop\""));

    assertThat(placed.at("/total")).isEqualTo("90.00");
    assertThat(placed.json().get("rejected"))
        .isEqualTo(
            TestJson.read(
                "["
                    + REJECTED_CODE.formatted("x", "unknown_code")
                    + ","
                    + REJECTED_CODE.formatted("", "unknown_code")
                    + ","
                    + REJECTED_CODE.formatted("x".repeat(63) + "\uFFFD", "unknown_code")
                    + "]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"90.00\"", "\"90\"", "\"090.0\"", "null"})
  void places_order_with_matching_expected_total(String total) {
    TestResponse placed = client.place(withCodes("[\"SUMMER\"], \"expectedTotal\": " + total));

    assertThat(placed.at("/total")).isEqualTo("90.00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"expectedTotal\": \"90.01\"",
        "\"expectedTotal\": \"0\"",
        "\"expectedTotal\": \"92233720368547758.07\"",
        "\"priceHash\": \"00000000000000000000000000000000\"",
        "\"priceHash\": \"v0\"",
        "\"expectedTotal\": \"90.00\", \"priceHash\": \"v0\""
      })
  void rejects_price_mismatch_with_the_current_quote(String expectation) {
    TestResponse response = client.post("/v1/orders", withCodes("[\"SUMMER\"], " + expectation));

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.at("/code")).isEqualTo("price_changed");
    assertThat(response.json().get("quote")).isEqualTo(priceOf(withCodes("[\"SUMMER\"]")));
    assertThat(response.at("/quote/total")).isEqualTo("90.00");
    assertNothingPlaced();
  }

  @Test
  void accepts_the_price_hash_of_the_quote() {
    String hash = client.post("/v1/quotes", withCodes("[\"SUMMER\"]")).at("/priceHash");

    TestResponse placed = client.place(withCodes("[\"SUMMER\"], \"priceHash\": \"" + hash + "\""));

    assertThat(placed.at("/priceHash")).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          expectedTotal | 90            | 400 | wrong_type
          expectedTotal | "-1"          | 422 | out_of_range
          expectedTotal | "90.001"      | 422 | too_precise
          expectedTotal | "90,00"       | 422 | malformed
          expectedTotal | "99999999999999999999" | 422 | out_of_range
          priceHash     | 7             | 400 | wrong_type
          priceHash     | ""            | 422 | empty
          onInvalidCode | "ignore"      | 422 | out_of_range
          onInvalidCode | true          | 400 | wrong_type
          at            | "2026-06-15T12:00:00Z" | 400 | unknown_field
          rules         | []            | 400 | unknown_field
          policy        | {}            | 400 | unknown_field
          """,
      delimiter = '|')
  void rejects_invalid_expectations_and_quote_only_fields(
      String field, String value, int status, String code) {
    TestResponse response = client.post("/v1/orders", OrderBodies.orderWith(field, value));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.violations()).containsExactly("/" + field + " " + code);
    assertNothingPlaced();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "customerId": "c-1"                            | c-1
          "customer": {"id": "c-1"}                      | c-1
          "customerId": "c-1", "customer": {"id": "c-1"} | c-1
          "customerId": "c-1", "customer": {"group": "a"} | c-1
          "customer": {}                                 | null
          """,
      delimiter = '|')
  void accepts_customer_id_in_either_field(String fields, String id) {
    TestResponse placed =
        client.place(OrderBodies.VALID_ORDER.replace("\"lines\"", fields + ", \"lines\""));

    assertThat(placed.json().get("customerId").asString("null")).isEqualTo(id);
  }

  @Test
  void rejects_conflicting_customer_ids() {
    String fields = "\"customerId\": \"c-1\", \"customer\": {\"id\": \"c-2\"}, \"lines\"";

    TestResponse response =
        client.post("/v1/orders", OrderBodies.VALID_ORDER.replace("\"lines\"", fields));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/customerId out_of_range");
    assertNothingPlaced();
  }

  @Test
  void counts_customer_orders_for_rules_that_need_it() {
    server.activateRule(
        """
        {"when": {"nthOrder": 2}, "effects": [{"type": "percent_off_order", "percent": "20"}]}
        """);
    String order =
        OrderBodies.VALID_ORDER.replace("\"lines\"", "\"customerId\": \"c-1\", \"lines\"");

    assertThat(client.place(order).at("/total")).isEqualTo("100.00");
    assertThat(client.place(order).at("/total")).isEqualTo("80.00");
    assertThat(client.place(order).at("/total")).isEqualTo("100.00");
  }

  @Test
  void uses_catalogue_prices() {
    client.post("/v1/products", OrderBodies.PRODUCT);
    String order = "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 2}]}";

    assertThat(client.place(order).at("/total")).isEqualTo("25.00");
  }

  @Test
  void rejects_items_missing_from_the_catalogue() {
    String order = "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 2}]}";

    TestResponse response = client.post("/v1/orders", order);

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/lines/0/sku unknown_product");
    assertNothingPlaced();
  }

  @Test
  void each_order_of_a_batch_gets_the_response_of_a_single_order() {
    List<String> orders =
        List.of(
            withCodes("[\"SUMMER\"]"),
            withCodes("[\"SUMMER\", \"x\"]"),
            withCodes("[\"SUMMER\"], \"expectedTotal\": \"1\""),
            "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"NONE\", \"quantity\": 1}]}",
            withCodes("[\"x\"], \"onInvalidCode\": \"drop\""),
            withCodes("[], \"at\": null"));

    TestResponse response =
        expect(200, client.post("/v1/orders/batch", batch(orders.toArray(String[]::new))));

    JsonNode results = response.json().get("results");
    assertThat(results.valueStream().map(result -> result.get("status").intValue()))
        .containsExactly(201, 422, 409, 422, 201, 400);
    for (int i : new int[] {1, 2, 3, 5}) {
      JsonNode single = client.post("/v1/orders", orders.get(i)).json();
      JsonNode problem = results.get(i).get("problem");
      for (String member : new String[] {"code", "detail", "errors", "quote"}) {
        assertThat(problem.path(member)).isEqualTo(single.path(member));
      }
    }
    assertThat(results.at("/4/order/rejected/0/reason").stringValue()).isEqualTo("unknown_code");
  }

  @Test
  void reports_concurrent_update_of_limits() {
    try (TestServer conflicting =
        TestServer.startReplacing(PlaceOrderWithRulesTest::withConcurrentLimitUpdates)) {
      TestResponse single = conflicting.client.post("/v1/orders", OrderBodies.VALID_ORDER);
      TestResponse batch =
          conflicting.client.post("/v1/orders/batch", batch(OrderBodies.VALID_ORDER));

      assertThat(single.status()).isEqualTo(503);
      assertThat(single.at("/code")).isEqualTo("concurrent_update");
      assertThat(single.header("Retry-After")).isEqualTo("1");
      assertThat(batch.at("/results/0/status")).isEqualTo("503");
      assertThat(batch.at("/results/0/problem/code")).isEqualTo("concurrent_update");
    }
  }

  /** Replaces order placement; each attempt fails because of a concurrent update. */
  private static UseCases withConcurrentLimitUpdates(UseCases useCases) {
    Execution<PlaceOrder.Outcome> execution =
        new Execution.Completed<>(new PlaceOrder.Outcome.ConcurrentModification(), false);
    PlaceOrderIdempotently placeOrder = command -> execution;
    PlaceOrderBatch placeOrderBatch =
        new FixedBatchResult(() -> new PlaceOrderBatch.Result.Processed(execution));
    return UseCaseOverrides.replace(
        useCases,
        Map.of(
            "placeOrderIdempotently",
            UseCaseOverrides.securedForAll(placeOrder),
            "placeOrderBatch",
            UseCaseOverrides.securedForAll(placeOrderBatch)));
  }

  private void assertNothingPlaced() {
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  /** Returns the quote without {@code nextTiers}, which the quote in a problem does not have. */
  private JsonNode priceOf(String body) {
    JsonNode quote = expect(200, client.post("/v1/quotes", body)).json();
    return ((ObjectNode) quote).without("nextTiers");
  }

  /**
   * Returns a cart of 100.00 with codes.
   *
   * @param codes a JSON array, optionally followed by more fields
   */
  private static String withCodes(String codes) {
    return """
    {"currency": "USD", "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "100.00"}],
     "codes": %s}
    """
        .formatted(codes);
  }
}
