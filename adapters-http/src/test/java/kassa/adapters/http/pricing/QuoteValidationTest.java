package kassa.adapters.http.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteValidationTest {

  private static final String EFFECTS =
      "\"effects\": [{\"type\": \"percent_off_order\", \"percent\": \"10\"}]";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          currency         | 7                           | /currency
          lines            | {}                          | /lines
          codes            | "SUMMER"                    | /codes
          codes            | {}                          | /codes
          codes            | [7]                         | /codes/0
          codes            | ["A", null]                 | /codes/1
          customer         | "c-1"                       | /customer
          customer         | []                          | /customer
          customer         | {"id": 7}                   | /customer/id
          customer         | {"group": []}               | /customer/group
          customer         | {"orderCount": "4"}         | /customer/orderCount
          shipping         | "5.00"                      | /shipping
          shipping         | {"amount": 5.00}            | /shipping/amount
          shipping         | {"amount": "5", "method": 1} | /shipping/method
          channel          | 7                           | /channel
          pricesIncludeTax | "true"                      | /pricesIncludeTax
          pricesIncludeTax | 1                           | /pricesIncludeTax
          metadata         | {"till": 7}                 | /metadata/till
          at               | 1781524800                  | /at
          rules            | {}                          | /rules
          rules            | "all"                       | /rules
          policy           | "original"                  | /policy
          policy           | []                          | /policy
          policy           | {"resolver": 1}             | /policy/resolver
          """,
      delimiter = '|')
  void rejects_value_of_wrong_type(String field, String value, String pointer) {
    TestResponse response = client.post("/v1/quotes", quoteWith(field, value));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("invalid_request");
    assertThat(response.violations()).containsExactly(pointer + " wrong_type");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          currency | "XXX"                              | /currency unknown_currency
          currency | null                               | /currency missing_field
          lines    | []                                 | /lines empty
          lines    | null                               | /lines missing_field
          customer | {"id": ""}                         | /customer/id empty
          customer | {"group": ""}                      | /customer/group empty
          customer | {"group": " vip"}                  | /customer/group malformed
          customer | {"orderCount": -1}                 | /customer/orderCount out_of_range
          customer | {"orderCount": 1000000001}         | /customer/orderCount out_of_range
          customer | {"orderCount": 1.5}                | /customer/orderCount too_precise
          customer | {"orderCount": 1e-400}             | /customer/orderCount too_precise
          shipping | {}                                 | /shipping/amount missing_field
          shipping | {"amount": null}                   | /shipping/amount missing_field
          shipping | {"amount": "-0.01"}                | /shipping/amount out_of_range
          shipping | {"amount": "0.001"}                | /shipping/amount too_precise
          shipping | {"amount": "1e3"}                  | /shipping/amount malformed
          shipping | {"amount": "five"}                 | /shipping/amount malformed
          shipping | {"amount": "10000000000000000.01"} | /shipping/amount out_of_range
          shipping | {"amount": "99999999999999999999999999999"} | /shipping/amount out_of_range
          shipping | {"amount": "5", "method": ""}      | /shipping/method empty
          channel  | ""                                 | /channel empty
          channel  | "a\\nb"                            | /channel malformed
          at       | "tomorrow"                         | /at malformed
          at       | "2026-06-15"                       | /at malformed
          at       | "2026-06-15T12:00:00"              | /at malformed
          at       | "2026-02-30T12:00:00Z"             | /at malformed
          at       | "2026-06-15T12:00:00+0000"     | /at malformed
          policy   | {"stackBase": "first"}             | /policy/stackBase out_of_range
          policy   | {"stackBase": "ORIGINAL"}          | /policy/stackBase out_of_range
          policy   | {"effectBase": ""}                 | /policy/effectBase out_of_range
          policy   | {"resolver": "best"}               | /policy/resolver out_of_range
          policy   | {"roundOn": "unit"}                | /policy/roundOn out_of_range
          policy   | {"taxRoundAt": "order"}            | /policy/taxRoundAt out_of_range
          policy   | {"unitsConsumed": "all"}           | /policy/unitsConsumed out_of_range
          """,
      delimiter = '|')
  void rejects_invalid_value(String field, String value, String violation) {
    TestResponse response = client.post("/v1/quotes", quoteWith(field, value));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.at("/code")).isEqualTo("invalid_value");
    assertThat(response.violations()).containsExactly(violation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"customer.id", "customer.group", "shipping.method", "channel.", "rules.id"})
  void rejects_names_longer_than_64_characters(String path) {
    String name = "\"" + "ä".repeat(65) + "\"";
    String field = path.substring(0, path.indexOf('.'));
    String value =
        switch (path) {
          case "channel." -> name;
          case "rules.id" -> "[{\"id\": " + name + ", " + EFFECTS + "}]";
          case "shipping.method" -> "{\"amount\": \"1\", \"method\": " + name + "}";
          default -> "{\"" + path.substring(field.length() + 1) + "\": " + name + "}";
        };
    String pointer = path.equals("rules.id") ? "/rules/0/id" : "/" + path.replace('.', '/');

    TestResponse response = client.post("/v1/quotes", quoteWith(field, value));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly(pointer.replaceFirst("/$", "") + " too_long");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          tags         | "mug"            | wrong_type
          tags         | ["a", 7]         | wrong_type /1
          tags         | [""]             | empty /0
          listPrice    | 120              | wrong_type
          listPrice    | "-1"             | out_of_range
          listPrice    | "0.0000001"      | too_precise
          onSale       | "no"             | wrong_type
          minUnitPrice | 90               | wrong_type
          minUnitPrice | "100.000001"     | out_of_range
          minUnitPrice | "-1"             | out_of_range
          taxRate      | 19               | wrong_type
          taxRate      | "100.0001"       | out_of_range
          taxRate      | "19 %"           | malformed
          taxRate      | "0.00001"        | too_precise
          unitPrice    | 100              | wrong_type
          unitPrice    | "-1"             | out_of_range
          quantity     | 0                | out_of_range
          sku          | ""               | empty
          """,
      delimiter = '|')
  void rejects_invalid_line_field(String field, String value, String code) {
    TestResponse response = client.post("/v1/quotes", quoteOf(lineWith(field, value)));

    String[] codeAndPath = code.split(" ", -1);
    String path = codeAndPath.length > 1 ? codeAndPath[1] : "";
    assertThat(response.violations())
        .containsExactly("/lines/0/" + field + path + " " + codeAndPath[0]);
  }

  @Test
  void rejects_too_many_tags_codes_and_rules() {
    String rule = "{" + EFFECTS + "}";

    assertThat(
            client.post("/v1/quotes", quoteOf(lineWith("tags", list(51, "\"tag\"")))).violations())
        .containsExactly("/lines/0/tags too_many");
    assertThat(client.post("/v1/quotes", quoteWith("codes", list(21, "\"A\""))).violations())
        .containsExactly("/codes too_many");
    assertThat(client.post("/v1/quotes", quoteWith("rules", list(1_001, rule))).violations())
        .containsExactly("/rules too_many");
  }

  @Test
  void rejects_more_than_a_thousand_effects_of_all_rules() {
    String effect = "{\"type\": \"percent_off_order\", \"percent\": \"0\"}";
    String ruleWithTwentyEffects = "{\"effects\": " + list(20, effect) + "}";
    String ruleWithOneEffect = "{\"effects\": " + list(1, effect) + "}";

    assertThat(
            client.post("/v1/quotes", quoteWith("rules", list(50, ruleWithTwentyEffects))).status())
        .isEqualTo(200);
    assertThat(
            client
                .post(
                    "/v1/quotes",
                    quoteWith(
                        "rules",
                        "["
                            + OrderBodies.repeated(50, ruleWithTwentyEffects)
                            + ", "
                            + ruleWithOneEffect
                            + "]"))
                .violations())
        .containsExactly("/rules too_many");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"listPrice\": \"12\"",
        "\"minUnitPrice\": \"12\"",
        "\"taxRate\": \"19\"",
        "\"unitPrice\": null, \"taxRate\": \"19\", \"tags\": [\"a\"]"
      })
  void rejects_line_that_mixes_own_and_catalogue_prices(String fields) {
    String line = "{\"sku\": \"MUG\", \"quantity\": 1, " + fields + "}";

    TestResponse response = client.post("/v1/quotes", quoteOf(line));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/lines/0/unitPrice missing_field");
  }

  @Test
  void reports_why_each_line_has_no_price() {
    client.put("/v1/products/OLD", product("OLD").replace("}", ", \"active\": false}"));
    client.put("/v1/products/YEN", product("YEN").replace("USD", "JPY").replace(".50", ""));
    client.put("/v1/products/GOOD", product("GOOD"));

    TestResponse response =
        client.post(
            "/v1/quotes",
            quoteOf(
                """
                {"sku": "NONE", "quantity": 1}, {"sku": "GOOD", "quantity": 1},
                {"sku": "OLD", "quantity": 1}, {"sku": "YEN", "quantity": 1},
                {"sku": "NONE", "quantity": 1, "unitPrice": "1.00"}
                """));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.at("/code")).isEqualTo("invalid_value");
    assertThat(response.violations())
        .containsExactly(
            "/lines/0/sku unknown_product",
            "/lines/2/sku inactive_product",
            "/lines/3/sku currency_mismatch");
    assertThat(response.at("/errors/1/detail")).isEqualTo("the product is inactive");
  }

  @Test
  void rejects_too_large_total_with_catalogue_prices() {
    client.put("/v1/products/YACHT", OrderBodies.product("YACHT", "10000000000.00"));

    TestResponse response =
        client.post(
            "/v1/quotes",
            quoteOf(
                """
                {"sku": "YACHT", "quantity": 1000000}, {"sku": "YACHT", "quantity": 1}
                """));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/lines out_of_range");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          7                                    | 400 | /rules/0 wrong_type
          null                                 | 400 | /rules/0 wrong_type
          "r"                                  | 400 | /rules/0 wrong_type
          {}                                   | 422 | /rules/0/effects missing_field
          {"effects": []}                      | 422 | /rules/0/effects empty
          {"id": 7, %s}                        | 400 | /rules/0/id wrong_type
          {"id": "", %s}                       | 422 | /rules/0/id empty
          {"version": 0, %s}                   | 422 | /rules/0/version out_of_range
          {"version": "1", %s}                 | 400 | /rules/0/version wrong_type
          {"createdAt": "2026", %s}            | 400 | /rules/0/createdAt unknown_field
          {"when": {"minSubtotl": "1"}, %s}    | 400 | /rules/0/when/minSubtotl unknown_field
          {"when": {"any": [{"minSubtotal": 1}]}, %s} | 400 | /rules/0/when/any/0/minSubtotal wrong_type
          {"usage": 7, %s}                     | 400 | /rules/0/usage wrong_type
          {"usage": {"used": 7}, %s}           | 400 | /rules/0/usage/used unknown_field
          {"usage": {"redeemed": -1}, %s}      | 422 | /rules/0/usage/redeemed out_of_range
          {"usage": {"redeemed": "1"}, %s}     | 400 | /rules/0/usage/redeemed wrong_type
          {"usage": {"budgetUsed": 1}, %s}     | 400 | /rules/0/usage/budgetUsed unknown_field
          {"limits": {"budget": {"type": "spend", "limit": "9"}}, "usage": {"budgetUsed": 1}, %s} | 400 | /rules/0/usage/budgetUsed wrong_type
          {"limits": {"budget": {"type": "spend", "limit": "9"}}, "usage": {"budgetUsed": "0.001"}, %s} | 422 | /rules/0/usage/budgetUsed too_precise
          {"limits": {"budget": {"type": "usage", "limit": 9}}, "usage": {"budgetUsed": "1.5"}, %s} | 422 | /rules/0/usage/budgetUsed malformed
          """,
      delimiter = '|')
  void rejects_invalid_rule(String rule, int status, String violation) {
    TestResponse response =
        client.post("/v1/quotes", quoteWith("rules", "[" + rule.replace("%s", EFFECTS) + "]"));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.violations()).containsExactly(violation);
  }

  @Test
  void reports_violations_of_all_rules_at_once() {
    TestResponse response =
        client.post(
            "/v1/quotes",
            quoteWith(
                "rules",
                """
                [{"effects": [{"type": "percent_off_order", "percent": "101"}]},
                 {"id": "a", %s},
                 {"id": "a", "effects": [{"type": "half_off"}]},
                 {"id": "0", "effects": [{"type": "amount_off_order"}], "limits": {"total": -1}}]
                """
                    .formatted(EFFECTS)));

    assertThat(response.violations())
        .containsExactlyInAnyOrder(
            "/rules/0/effects/0/percent out_of_range",
            "/rules/2/id repeated",
            "/rules/2/effects/0/type out_of_range",
            "/rules/3/id repeated",
            "/rules/3/effects/0/amount missing_field",
            "/rules/3/limits/total out_of_range");
  }

  @Test
  void free_gift_beyond_the_maximum_total_causes_no_server_error() {
    TestResponse response =
        client.post(
            "/v1/quotes",
            """
            {"currency": "USD",
             "lines": [{"sku": "YACHT", "quantity": 1000000, "unitPrice": "10000000000.00"}],
             "rules": [{"effects": [
               {"type": "free_gift", "sku": "CAP", "unitPrice": "10000000000.00"}]}]}
            """);

    assertThat(response.status()).isIn(200, 422);
  }

  @Test
  void rejects_duplicate_rule_ids() {
    TestResponse response =
        client.post(
            "/v1/quotes", quoteWith("rules", "[{\"id\": \"1\", %s}, {%s}]".replace("%s", EFFECTS)));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/rules/1/id repeated");
  }

  @Test
  void reports_at_most_a_hundred_violations() {
    TestResponse response =
        client.post("/v1/quotes", quoteWith("rules", list(1_000, "{\"x\": 1}")));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"customerId", "expectedTotal", "priceHash", "onInvalidCode", "Codes", "usage"})
  void rejects_order_only_and_unknown_fields(String field) {
    TestResponse response = client.post("/v1/quotes", quoteWith(field, "null"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly("/" + field + " unknown_field");
  }

  @Test
  void reports_all_violations_of_a_body_at_once() {
    TestResponse response =
        client.post(
            "/v1/quotes",
            """
            {"currency": "XXX", "at": "now", "codes": [1, ""], "coupon": 1,
             "customer": {"id": "", "orderCount": -1, "vip": true},
             "shipping": {"amount": "-1", "speed": 1}, "policy": {"resolver": "no", "x": 1},
             "lines": [{"sku": "A", "quantity": 1, "taxRate": "x"},
                       {"sku": "", "quantity": 0, "unitPrice": "1", "minUnitPrice": "2"}],
             "rules": [{"effects": [{"type": "percent_off_order", "percent": "x"}]}]}
            """);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations())
        .containsExactlyInAnyOrder(
            "/currency unknown_currency",
            "/at malformed",
            "/codes/0 wrong_type",
            "/coupon unknown_field",
            "/customer/id empty",
            "/customer/orderCount out_of_range",
            "/customer/vip unknown_field",
            "/shipping/amount out_of_range",
            "/shipping/speed unknown_field",
            "/policy/resolver out_of_range",
            "/policy/x unknown_field",
            "/lines/0/unitPrice missing_field",
            "/lines/0/taxRate malformed",
            "/lines/1/sku empty",
            "/lines/1/quantity out_of_range",
            "/lines/1/minUnitPrice out_of_range",
            "/rules/0/effects/0/percent malformed");
  }

  @ParameterizedTest
  @CsvSource({"explain, 1", "explain, TRUE", "units, yes", "units, ''"})
  void flags_accept_only_true_and_false(String name, String value) {
    TestResponse response =
        client.post("/v1/quotes?" + name + "=" + value, OrderBodies.VALID_ORDER);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly("?" + name + " out_of_range");
  }

  @Test
  void accepts_bodies_up_to_eight_mebibytes() {
    String rules = "{\"currency\": \"USD\", \"rules\": []" + " ".repeat((1 << 23) - 200);
    String lines = ", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 1, \"unitPrice\": \"1\"}]}";

    assertThat(client.post("/v1/quotes", rules + lines).status()).isEqualTo(200);
    assertThat(client.post("/v1/quotes", rules + lines + " ".repeat(200)).status()).isEqualTo(413);
  }

  private static String quoteOf(String lines) {
    return quoteWith("lines", "[" + lines + "]");
  }

  /** Returns a valid quote request in which one field has the given value. */
  private static String quoteWith(String field, String value) {
    Map<String, String> quote = new LinkedHashMap<>();
    quote.put("currency", "\"USD\"");
    quote.put("lines", "[" + OrderBodies.line("MUG", "1", "100.00") + "]");
    quote.put(field, value);
    return object(quote);
  }

  private static String lineWith(String field, String value) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("sku", "\"MUG\"");
    line.put("quantity", "1");
    line.put("unitPrice", "\"100.00\"");
    line.put(field, value);
    return object(line);
  }

  private static String object(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\": " + field.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String list(int count, String element) {
    return "[" + OrderBodies.repeated(count, element) + "]";
  }

  private static String product(String sku) {
    return OrderBodies.product(sku, "12.50");
  }
}
