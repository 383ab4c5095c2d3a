package kassa.adapters.http;

import static kassa.adapters.http.Bodies.batch;
import static kassa.adapters.http.CheckedClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kassa.application.UseCases;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.in.ProcessOrders;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders under rules of all kinds, with all that rules may ask, and with what is expected. */
class OrdersUnderRulesTest {

  private static final String CODES_GONE = "{\"code\": \"%s\", \"reason\": \"%s\"}";

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @BeforeEach
  void put_rules_in_force() {
    server.putInForce(
        """
        {"label": "Summer", "code": "SUMMER", "when": {"minSubtotal": "50"},
         "effects": [{"type": "percent_off_order", "percent": "10"}]}
        """);
    server.putInForce(
        """
        {"label": "Wholesale", "when": {"customerGroups": ["wholesale"], "channels": ["web"]},
         "effects": [{"type": "amount_off_shipping", "amount": "2"}]}
        """);
    server.putInForce(
        """
        {"label": "Old", "code": "OLD", "window": {"to": "2026-01-01T00:00:00Z"},
         "effects": [{"type": "percent_off_order", "percent": "10"}]}
        """);
  }

  @Test
  void keeps_what_was_said_and_what_it_costs() {
    Answer placed =
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
            Json.read(
                """
                {"amount": "5.00", "method": "ground", "discountTotal": "2.00", "total": "3.00"}
                """));
    assertThat(placed.json().get("rejected"))
        .isEqualTo(Json.read("[" + CODES_GONE.formatted("Old", "expired") + "]"));
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
  void tells_of_each_rule_what_became_of_it() {
    Answer placed = client.place(withCodes("[\"SUMMER\"]"));

    Answer explained = client.get(placed.header("Location") + "?explain=true");

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
          """,
      delimiter = '|')
  void refuses_codes_that_bring_nothing_and_quotes_the_price_without_them(
      String codes, String flaws) {
    for (String body :
        List.of(withCodes(codes), withCodes(codes + ", \"onInvalidCode\": \"reject\""))) {
      Answer answer = client.post("/v1/orders", body);

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.at("/code")).isEqualTo("code_rejected");
      assertThat(answer.flaws()).containsExactly(flaws.split(", ", -1));
      assertThat(answer.json().get("quote")).isEqualTo(priceOf(withCodes(codes)));
    }
    assertNothingPlaced();
  }

  @Test
  void says_why_a_code_brings_nothing() {
    Answer answer =
        client.post("/v1/orders", withCodes("[\"SUMMER\", \"x\"]").replace("100.00", "49.99"));

    assertThat(answer.json().get("errors").findValuesAsString("detail"))
        .containsExactly(
            "the order does not meet the conditions of the code", "no rule in force has this code");
    assertThat(answer.at("/quote/total")).isEqualTo("49.99");
  }

  @Test
  void places_an_order_without_the_codes_that_bring_nothing_if_that_is_said() {
    Answer placed = client.place(withCodes("[\"x\", \"SUMMER\"], \"onInvalidCode\": \"drop\""));

    assertThat(placed.at("/total")).isEqualTo("90.00");
    assertThat(placed.json().get("rejected"))
        .isEqualTo(Json.read("[" + CODES_GONE.formatted("x", "unknown_code") + "]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"90.00\"", "\"90\"", "\"090.0\"", "null"})
  void places_an_order_that_costs_what_is_expected(String total) {
    Answer placed = client.place(withCodes("[\"SUMMER\"], \"expectedTotal\": " + total));

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
  void refuses_an_order_that_costs_something_else_and_quotes_the_price(String expectation) {
    Answer answer = client.post("/v1/orders", withCodes("[\"SUMMER\"], " + expectation));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.at("/code")).isEqualTo("price_changed");
    assertThat(answer.json().get("quote")).isEqualTo(priceOf(withCodes("[\"SUMMER\"]")));
    assertThat(answer.at("/quote/total")).isEqualTo("90.00");
    assertNothingPlaced();
  }

  @Test
  void takes_the_hash_of_the_quote() {
    String hash = client.post("/v1/quotes", withCodes("[\"SUMMER\"]")).at("/priceHash");

    Answer placed = client.place(withCodes("[\"SUMMER\"], \"priceHash\": \"" + hash + "\""));

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
  void refuses_expectations_that_cannot_be_read_and_what_only_quotes_have(
      String field, String value, int status, String code) {
    Answer answer = client.post("/v1/orders", Bodies.orderWith(field, value));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.flaws()).containsExactly("/" + field + " " + code);
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
  void knows_the_customer_by_either_field(String fields, String id) {
    Answer placed = client.place(Bodies.GOOD.replace("\"lines\"", fields + ", \"lines\""));

    assertThat(placed.json().get("customerId").asString("null")).isEqualTo(id);
  }

  @Test
  void refuses_two_customers_for_one_order() {
    String fields = "\"customerId\": \"c-1\", \"customer\": {\"id\": \"c-2\"}, \"lines\"";

    Answer answer = client.post("/v1/orders", Bodies.GOOD.replace("\"lines\"", fields));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.flaws()).containsExactly("/customerId out_of_range");
    assertNothingPlaced();
  }

  @Test
  void counts_the_orders_of_a_customer_if_a_rule_asks() {
    server.putInForce(
        """
        {"when": {"nthOrder": 2}, "effects": [{"type": "percent_off_order", "percent": "20"}]}
        """);
    String order = Bodies.GOOD.replace("\"lines\"", "\"customerId\": \"c-1\", \"lines\"");

    assertThat(client.place(order).at("/total")).isEqualTo("100.00");
    assertThat(client.place(order).at("/total")).isEqualTo("80.00");
    assertThat(client.place(order).at("/total")).isEqualTo("100.00");
  }

  @Test
  void sells_at_the_price_of_the_catalogue() {
    client.post("/v1/products", Bodies.PRODUCT);
    String order = "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 2}]}";

    assertThat(client.place(order).at("/total")).isEqualTo("25.00");
  }

  @Test
  void does_not_sell_what_the_catalogue_does_not_have() {
    String order = "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 2}]}";

    Answer answer = client.post("/v1/orders", order);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.flaws()).containsExactly("/lines/0/sku unknown_product");
    assertNothingPlaced();
  }

  @Test
  void answers_each_order_of_a_batch_as_if_it_had_come_alone() {
    List<String> orders =
        List.of(
            withCodes("[\"SUMMER\"]"),
            withCodes("[\"SUMMER\", \"x\"]"),
            withCodes("[\"SUMMER\"], \"expectedTotal\": \"1\""),
            "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"NONE\", \"quantity\": 1}]}",
            withCodes("[\"x\"], \"onInvalidCode\": \"drop\""),
            withCodes("[], \"at\": null"));

    Answer answer =
        expect(200, client.post("/v1/orders/batch", batch(orders.toArray(String[]::new))));

    JsonNode results = answer.json().get("results");
    assertThat(results.valueStream().map(result -> result.get("status").intValue()))
        .containsExactly(201, 422, 409, 422, 201, 400);
    for (int i : new int[] {1, 2, 3, 5}) {
      JsonNode alone = client.post("/v1/orders", orders.get(i)).json();
      JsonNode problem = results.get(i).get("problem");
      for (String member : new String[] {"code", "detail", "errors", "quote"}) {
        assertThat(problem.path(member)).isEqualTo(alone.path(member));
      }
    }
    assertThat(results.at("/4/order/rejected/0/reason").stringValue()).isEqualTo("unknown_code");
  }

  @Test
  void says_that_others_took_of_the_same_limits_each_time() {
    try (TestServer contended = TestServer.with(OrdersUnderRulesTest::contended)) {
      Answer alone = contended.client.post("/v1/orders", Bodies.GOOD);
      Answer many = contended.client.post("/v1/orders/batch", batch(Bodies.GOOD));

      assertThat(alone.status()).isEqualTo(503);
      assertThat(alone.at("/code")).isEqualTo("contended");
      assertThat(alone.header("Retry-After")).isEqualTo("1");
      assertThat(many.at("/results/0/status")).isEqualTo("503");
      assertThat(many.at("/results/0/problem/code")).isEqualTo("contended");
    }
  }

  /** Use-cases for which others always are first. */
  private static UseCases contended(UseCases useCases) {
    PlaceOrder.Outcome outcome = new PlaceOrder.Outcome.Contended();
    PlaceOrder placing = (command, call) -> outcome;
    ProcessOrders processing = new SameResult(() -> new ProcessOrders.Result.Processed(outcome));
    return Replaced.in(
        useCases,
        Map.of(
            "placeOrder", Replaced.forAll(placing), "processOrders", Replaced.forAll(processing)));
  }

  private void assertNothingPlaced() {
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  /** What a quote answers, but for what is not told of the price alone. */
  private JsonNode priceOf(String body) {
    JsonNode quote = expect(200, client.post("/v1/quotes", body)).json();
    return ((ObjectNode) quote).without("nextTiers");
  }

  /**
   * A cart of 100.00.
   *
   * @param codes a JSON array, and perhaps more fields behind it
   */
  private static String withCodes(String codes) {
    return """
    {"currency": "USD", "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "100.00"}],
     "codes": %s}
    """
        .formatted(codes);
  }
}
