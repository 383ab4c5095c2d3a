package kassa.adapters.http.pricing;

import static kassa.adapters.http.ContractCheckingClient.expect;
import static kassa.adapters.http.OrderBodies.line;
import static kassa.adapters.http.OrderBodies.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class QuoteEndpointTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @Test
  void returns_price_with_reasons_and_stores_nothing() {
    TestResponse quote = quote(order("USD", line("MUG", "50", "100.00")));

    assertThat(without(quote.json(), "nextTiers", "priceHash"))
        .isEqualTo(
            TestJson.read(
                """
                {"currency": "USD", "subtotal": "5000.00", "discountTotal": "1000.00",
                 "shippingTotal": "0.00", "taxTotal": "0.00", "total": "4000.00",
                 "lines": [{"sku": "MUG", "quantity": 50, "unitPrice": "100.00",
                   "subtotal": "5000.00", "discountTotal": "1000.00", "taxTotal": "0.00",
                   "total": "4000.00",
                   "discounts": [{"ruleId": "rul_01kdvdna00e008000000000001", "ruleVersion": 1,
                     "label": "Premium 20%", "amount": "1000.00"}]}],
                 "discounts": [{"ruleId": "rul_01kdvdna00e008000000000001", "ruleVersion": 1,
                   "label": "Premium 20%", "code": null, "amount": "1000.00"}],
                 "shipping": null, "taxes": [], "rejected": []}
                """));
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  @Test
  void returns_shipping_and_tax() {
    TestResponse quote =
        quote(
            """
            {"currency": "EUR", "lines": [{"sku": "MUG", "quantity": 2, "unitPrice": "10.00",
              "taxRate": "19"}], "shipping": {"amount": "4.90", "method": "ground"},
             "rules": [{"effects": [{"type": "percent_off_shipping", "percent": "50"}]}]}
            """);

    assertThat(quote.json().get("shipping"))
        .isEqualTo(
            TestJson.read(
                """
                {"amount": "4.90", "method": "ground", "taxRate": null, "discountTotal": "2.45",
                 "taxTotal": "0.00", "total": "2.45"}
                """));
    assertThat(quote.at("/shippingTotal")).isEqualTo("2.45");
    assertThat(quote.at("/taxTotal")).isEqualTo("3.80");
    assertThat(quote.at("/lines/0/taxTotal")).isEqualTo("3.80");
    assertThat(quote.at("/discountTotal")).isEqualTo("2.45");
    assertThat(quote.at("/total")).isEqualTo("26.25");
  }

  @Test
  void taxes_shipping_after_discounts() {
    TestResponse quote =
        quote(
            """
            {"currency": "EUR", "lines": [{"sku": "MUG", "quantity": 2, "unitPrice": "10.00",
              "taxRate": "19"}, {"sku": "BOOK", "quantity": 1, "unitPrice": "9.00",
              "taxRate": "7"}], "shipping": {"amount": "4.90", "taxRate": "19.0"},
             "rules": [{"effects": [{"type": "percent_off_shipping", "percent": "50"}]}]}
            """);

    assertThat(quote.json().get("shipping"))
        .isEqualTo(
            TestJson.read(
                """
                {"amount": "4.90", "method": null, "taxRate": "19", "discountTotal": "2.45",
                 "taxTotal": "0.47", "total": "2.92"}
                """));
    assertThat(quote.json().get("taxes"))
        .isEqualTo(
            TestJson.read(
                """
                [{"taxRate": "7", "net": "9.00", "tax": "0.63"},
                 {"taxRate": "19", "net": "22.45", "tax": "4.27"}]
                """));
    assertThat(quote.at("/shippingTotal")).isEqualTo("2.92");
    assertThat(quote.at("/taxTotal")).isEqualTo("4.90");
    assertThat(quote.at("/total")).isEqualTo("36.35");
  }

  @Test
  void extracts_tax_from_gross_prices() {
    TestResponse quote =
        quote(
            """
            {"currency": "EUR", "pricesIncludeTax": true,
             "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "11.90", "taxRate": "19"}]}
            """);

    assertThat(quote.at("/taxTotal")).isEqualTo("1.90");
    assertThat(quote.at("/total")).isEqualTo("11.90");
  }

  @Test
  void returns_discount_per_unit_on_request() {
    String body = order("USD", line("MUG", "10", "9.99"), line("CHEESE", "0.5", "3.00"));

    TestResponse quote = expect(200, client.post("/v1/quotes?units=true", body));

    assertThat(quote.json().at("/lines/0/unitDiscounts").values())
        .extracting(JsonNode::stringValue)
        .containsExactly(
            "1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "0.99");
    assertThat(quote.json().at("/lines/1/unitDiscounts")).isEqualTo(TestJson.read("[\"0.00\"]"));
    assertThat(quote(body).json().at("/lines/0").has("unitDiscounts")).isFalse();
    assertThat(quote(body).json().has("trace")).isFalse();
  }

  @Test
  void returns_at_most_ten_thousand_units() {
    String within = order("USD", line("MUG", "9998.5", "0.01"), line("CAP", "1", "1.00"));
    String beyond = order("USD", line("MUG", "9999.5", "0.01"), line("CAP", "1", "1.00"));

    assertThat(client.post("/v1/quotes?units=true", within).status()).isEqualTo(200);
    TestResponse response = client.post("/v1/quotes?units=true", beyond);

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/lines too_many");
    assertThat(response.at("/errors/0/detail"))
        .isEqualTo("with units=true, lines must have at most 10000 units in total");
    assertThat(client.post("/v1/quotes?units=false", beyond).status()).isEqualTo(200);
  }

  @Test
  void explain_returns_the_outcome_of_each_rule() {
    TestResponse quote =
        expect(
            200,
            client.post(
                "/v1/quotes?explain=true",
                """
                {"currency": "USD", "at": "2026-06-15T14:00:00+02:00",
                 "lines": [{"sku": "MUG", "quantity": 2, "unitPrice": "10.00",
                   "minUnitPrice": "9.50"}],
                 "shipping": {"amount": "5.00"}, "codes": [" Summer "],
                 "rules": [
                   {"id": "big", "when": {"minSubtotal": "50"},
                    "effects": [{"type": "amount_off_order", "amount": "5"}]},
                   {"id": "summer", "version": 3, "name": "Summer", "code": "SUMMER",
                    "effects": [{"type": "percent_off_order", "percent": "10"},
                                {"type": "amount_off_shipping", "amount": "1"}]},
                   {"id": "late", "window": {"from": "2026-06-15T12:00:00.000001Z"},
                    "effects": [{"type": "percent_off_order", "percent": "10"}]}]}
                """));

    assertThat(quote.json().get("trace"))
        .isEqualTo(
            TestJson.read(
                """
                [{"ruleId": "big", "ruleVersion": 1, "label": "big", "outcome": "skipped",
                  "reason": "conditions_not_met", "path": "/when/minSubtotal",
                  "expected": "%s", "found": "%s"},
                 {"ruleId": "summer", "ruleVersion": 3, "label": "Summer", "outcome": "applied",
                  "code": "Summer", "amount": "2.00", "lines": [{"line": 0, "amount": "1.00"}],
                  "shipping": "1.00", "dropped": "1.00"},
                 {"ruleId": "late", "ruleVersion": 1, "label": "late", "outcome": "skipped",
                  "reason": "not_started", "path": "/window/from",
                  "expected": "from 2026-06-15T12:00:00.000001Z",
                  "found": "2026-06-15T12:00:00Z"}]
                """
                    .formatted(quote.at("/trace/0/expected"), quote.at("/trace/0/found"))));
    assertThat(quote.at("/discounts/0/code")).isEqualTo("Summer");
  }

  @Test
  void returns_next_tier_hints() {
    TestResponse quote =
        quote(order("USD", line("MUG", "9.5", "100.00"), line("CAP", "50", "1.00")));

    assertThat(quote.json().get("nextTiers"))
        .isEqualTo(
            TestJson.read(
                """
                [{"sku": "MUG", "addQuantity": 0.5, "label": "Bulk 10%", "newTotal": "940.00"}]
                """));
  }

  @ParameterizedTest
  @CsvSource({"SUMMER", "summer", "SumMer", "'  summer '"})
  void accepts_codes_case_insensitively_and_trimmed(String code) {
    TestResponse quote = quote(withCodes("[\"%s\"]".formatted(code)));

    assertThat(quote.at("/total")).isEqualTo("90.00");
    assertThat(quote.at("/discounts/0/code")).isEqualTo(code.strip());
    assertThat(quote.json().get("rejected")).isEmpty();
  }

  @Test
  void duplicate_codes_count_once() {
    TestResponse quote = quote(withCodes("[\"summer\", \"SUMMER\", \"none\", \"NONE\"]"));

    assertThat(quote.at("/total")).isEqualTo("90.00");
    assertThat(quote.json().get("rejected"))
        .isEqualTo(TestJson.read("[{\"code\": \"none\", \"reason\": \"unknown_code\"}]"));
  }

  @Test
  void reports_the_rule_stopped_by_a_limit() {
    TestResponse quote =
        quote(
            whatIf(
                """
                {"id": "r", "limits": {"total": 5}, "usage": {"redeemed": 5},
                 "effects": [{"type": "percent_off_order", "percent": "10"}]}
                """));

    assertThat(quote.json().get("rejected"))
        .isEqualTo(TestJson.read("[{\"ruleId\": \"r\", \"reason\": \"usage_limit_reached\"}]"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"total": 5}                                 | {"redeemed": 4}                  | 90.00
          {"total": 5}                                 | {"redeemed": 5}                  | 100.00
          {"total": 5} | {"redeemed": 5, "redeemedByCancelledOrders": 1}                  | 90.00
          {"perCustomer": 1}                           | {"redeemedByCustomer": 1}        | 100.00
          {"perCustomer": 1}                           | {"redeemedByCustomer": 0}        | 90.00
          {"budget": {"type": "usage", "limit": 2}}    | {"budgetUsed": "2"}              | 100.00
          {"budget": {"type": "usage", "limit": 2}}    | {"budgetUsed": "1"}              | 90.00
          {"budget": {"type": "spend", "limit": "20"}} | {"budgetUsed": "10.00"}          | 90.00
          {"budget": {"type": "spend", "limit": "20"}} | {"budgetUsed": "10.01"}          | 100.00
          {"budget": {"type": "spend", "limit": "20"}} | {"budgetUsed": null}             | 90.00
          {}                                           | {"redeemed": 1000000000000}      | 90.00
          {}                                           | null                             | 90.00
          """,
      delimiter = '|')
  void what_if_usage_simulates_limit_usage(String limits, String usage, String total) {
    String rule =
        """
        {"limits": %s, "usage": %s,
         "effects": [{"type": "percent_off_order", "percent": "10"}]}
        """
            .formatted(limits, usage);

    assertThat(quote(whatIf(rule)).at("/total")).isEqualTo(total);
  }

  @Test
  void what_if_rule_without_id_is_named_by_its_index() {
    TestResponse quote =
        quote(
            whatIf(
                """
                {"id": "first", "effects": [{"type": "percent_off_order", "percent": "10"}]},
                {"id": null, "effects": [{"type": "percent_off_order", "percent": "10"}]}
                """));

    assertThat(quote.json().get("discounts").findValuesAsString("ruleId"))
        .containsExactly("first", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"paused\"", "\"active\"", "\"draft\"", "null"})
  void what_if_rule_is_treated_as_active(String status) {
    String rule =
        """
        {"status": %s, "version": null,
         "effects": [{"type": "percent_off_order", "percent": "10"}]}
        """
            .formatted(status);

    assertThat(quote(whatIf(rule)).at("/total")).isEqualTo("90.00");
  }

  @ParameterizedTest
  @CsvSource({"[], 1000.00", "null, 900.00"})
  void empty_what_if_rules_apply_no_discount(String rules, String total) {
    String body =
        """
        {"currency": "USD", "lines": [{"sku": "MUG", "quantity": 10, "unitPrice": "100"}],
         "rules": %s}
        """
            .formatted(rules);

    assertThat(quote(body).at("/total")).isEqualTo(total);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {}                         | 81.00
          {"stackBase": "remaining"} | 81.00
          {"stackBase": "original"}  | 80.00
          null                       | 81.00
          """,
      delimiter = '|')
  void applies_the_requested_pricing_policy(String policy, String total) {
    String body =
        """
        {"currency": "USD", "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "100"}],
         "policy": %s,
         "rules": [{"effects": [{"type": "percent_off_order", "percent": "10"}]},
                   {"effects": [{"type": "percent_off_order", "percent": "10"}]}]}
        """
            .formatted(policy);

    assertThat(quote(body).at("/total")).isEqualTo(total);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"customerGroups": ["wholesale"]}   | true
          {"customerGroups": ["retail"]}      | false
          {"nthOrder": 5}                     | true
          {"nthOrder": 4}                     | false
          {"channels": ["web"]}               | true
          {"channels": ["till"]}              | false
          {"shippingMethods": ["ground"]}     | true
          {"shippingMethods": ["air"]}        | false
          {"metadata": {"till": "7"}}         | true
          {"metadata": {"till": "8"}}         | false
          {"containsAnyTag": ["kitchen"]}     | true
          {"containsAnyTag": ["garden"]}      | false
          {"noSaleItems": true}               | false
          {"weekdays": ["monday"]}            | true
          """,
      delimiter = '|')
  void conditions_use_all_cart_fields(String when, boolean applies) {
    String body =
        """
        {"currency": "USD", "at": "2026-06-15T12:00:00Z",
         "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "100", "tags": ["mug", "kitchen"],
           "listPrice": "120", "onSale": true, "minUnitPrice": "1.00"}],
         "customer": {"id": "c-1", "group": "wholesale", "orderCount": 4},
         "shipping": {"amount": "0", "method": "ground"}, "channel": "web",
         "metadata": {"till": "7"},
         "rules": [{"when": %s, "effects": [{"type": "percent_off_order", "percent": "10"}]}]}
        """
            .formatted(when);

    assertThat(quote(body).at("/total")).isEqualTo(applies ? "90.00" : "100.00");
  }

  @Test
  void uses_catalogue_prices() {
    client.put("/v1/products/CUP", OrderBodies.product("CUP", "12.50").replace("Mug", "Cup"));

    TestResponse quote =
        quote(
            """
            {"currency": "USD", "lines": [{"sku": "CUP", "quantity": 10},
              {"sku": "CUP", "quantity": 1, "unitPrice": "1.00"}]}
            """);

    assertThat(quote.at("/lines/0/unitPrice")).isEqualTo("12.50");
    assertThat(quote.at("/lines/0/total")).isEqualTo("112.50");
    assertThat(quote.at("/lines/1/total")).isEqualTo("1.00");
  }

  @Test
  void quotes_zero_priced_lines() {
    assertThat(quote(order("USD", line("MUG", "10", "0.00"))).at("/total")).isEqualTo("0.00");
  }

  @Test
  void accepts_null_for_optional_fields() {
    TestResponse quote =
        quote(
            """
            {"currency": "USD", "codes": null, "customer": null, "shipping": null,
             "channel": null, "pricesIncludeTax": null, "metadata": null, "at": null,
             "rules": null, "policy": null,
             "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "1.00", "tags": null,
               "listPrice": null, "onSale": null, "minUnitPrice": null, "taxRate": null}]}
            """);

    assertThat(quote.at("/total")).isEqualTo("1.00");
  }

  @Test
  void equal_prices_have_equal_hashes() {
    String body = order("USD", line("MUG", "10", "100.00"));

    assertThat(quote(body).at("/priceHash")).isEqualTo(quote(body).at("/priceHash"));
    assertThat(quote(order("USD", line("MUG", "11", "100.00"))).at("/priceHash"))
        .isNotEqualTo(quote(body).at("/priceHash"));
  }

  @Test
  void accepts_a_thousand_rules() {
    String rule = "{\"effects\": [{\"type\": \"amount_off_order\", \"amount\": \"0.01\"}]}";

    assertThat(quote(whatIf(OrderBodies.repeated(1_000, rule))).at("/total")).isEqualTo("90.00");
  }

  private TestResponse quote(String body) {
    return expect(200, client.post("/v1/quotes", body));
  }

  /** Returns a what-if quote: a cart of 100.00 with these rules. */
  private static String whatIf(String rules) {
    return """
    {"currency": "USD", "customer": {"id": "c-1"},
     "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "100.00"}], "rules": [%s]}
    """
        .formatted(rules);
  }

  private static String withCodes(String codes) {
    return """
    {"currency": "USD", "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "100.00"}],
     "codes": %s,
     "rules": [{"code": "Summer", "effects": [{"type": "percent_off_order", "percent": "10"}]}]}
    """
        .formatted(codes);
  }

  private static JsonNode without(JsonNode object, String... fields) {
    return ((ObjectNode) object.deepCopy()).without(List.of(fields));
  }
}
