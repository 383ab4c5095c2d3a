package kassa.adapters.http;

import static kassa.adapters.http.Bodies.line;
import static kassa.adapters.http.Bodies.order;
import static kassa.adapters.http.CheckedClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class QuotingCartsTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;

  @Test
  void answers_the_price_with_its_reasons_and_keeps_nothing() {
    Answer quote = quote(order("USD", line("MUG", "50", "100.00")));

    assertThat(without(quote.json(), "nextTiers", "priceHash"))
        .isEqualTo(
            Json.read(
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
                 "shipping": null, "rejected": []}
                """));
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  @Test
  void answers_shipping_and_tax() {
    Answer quote =
        quote(
            """
            {"currency": "EUR", "lines": [{"sku": "MUG", "quantity": 2, "unitPrice": "10.00",
              "taxRate": "19"}], "shipping": {"amount": "4.90", "method": "ground"},
             "rules": [{"effects": [{"type": "percent_off_shipping", "percent": "50"}]}]}
            """);

    assertThat(quote.json().get("shipping"))
        .isEqualTo(
            Json.read(
                """
                {"amount": "4.90", "method": "ground", "discountTotal": "2.45", "total": "2.45"}
                """));
    assertThat(quote.at("/shippingTotal")).isEqualTo("2.45");
    assertThat(quote.at("/taxTotal")).isEqualTo("3.80");
    assertThat(quote.at("/lines/0/taxTotal")).isEqualTo("3.80");
    assertThat(quote.at("/discountTotal")).isEqualTo("2.45");
    assertThat(quote.at("/total")).isEqualTo("26.25");
  }

  @Test
  void finds_tax_in_prices_that_contain_it() {
    Answer quote =
        quote(
            """
            {"currency": "EUR", "pricesIncludeTax": true,
             "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "11.90", "taxRate": "19"}]}
            """);

    assertThat(quote.at("/taxTotal")).isEqualTo("1.90");
    assertThat(quote.at("/total")).isEqualTo("11.90");
  }

  @Test
  void tells_what_comes_off_each_unit_when_it_is_asked_to() {
    String body = order("USD", line("MUG", "10", "9.99"), line("CHEESE", "0.5", "3.00"));

    Answer quote = expect(200, client.post("/v1/quotes?units=true", body));

    assertThat(quote.json().at("/lines/0/unitDiscounts").values())
        .extracting(JsonNode::stringValue)
        .containsExactly(
            "1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "1.00", "0.99");
    assertThat(quote.json().at("/lines/1/unitDiscounts")).isEqualTo(Json.read("[\"0.00\"]"));
    assertThat(quote(body).json().at("/lines/0").has("unitDiscounts")).isFalse();
    assertThat(quote(body).json().has("trace")).isFalse();
  }

  @Test
  void tells_of_ten_thousand_units_at_most() {
    String within = order("USD", line("MUG", "9998.5", "0.01"), line("CAP", "1", "1.00"));
    String beyond = order("USD", line("MUG", "9999.5", "0.01"), line("CAP", "1", "1.00"));

    assertThat(client.post("/v1/quotes?units=true", within).status()).isEqualTo(200);
    Answer answer = client.post("/v1/quotes?units=true", beyond);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.flaws()).containsExactly("/lines too_many");
    assertThat(answer.at("/errors/0/detail"))
        .isEqualTo("with units=true, lines must hold at most 10000 units together");
    assertThat(client.post("/v1/quotes?units=false", beyond).status()).isEqualTo(200);
  }

  @Test
  void tells_what_became_of_each_rule_when_it_is_asked_to() {
    Answer quote =
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
            Json.read(
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
  void tells_what_is_missing_to_the_next_tier() {
    Answer quote = quote(order("USD", line("MUG", "9.5", "100.00"), line("CAP", "50", "1.00")));

    assertThat(quote.json().get("nextTiers"))
        .isEqualTo(
            Json.read(
                """
                [{"sku": "MUG", "addQuantity": 0.5, "label": "Bulk 10%", "newTotal": "940.00"}]
                """));
  }

  @ParameterizedTest
  @CsvSource({"SUMMER", "summer", "SumMer", "'  summer '"})
  void takes_a_code_whatever_its_case_and_the_space_around_it(String code) {
    Answer quote = quote(withCodes("[\"%s\"]".formatted(code)));

    assertThat(quote.at("/total")).isEqualTo("90.00");
    assertThat(quote.at("/discounts/0/code")).isEqualTo(code.strip());
    assertThat(quote.json().get("rejected")).isEmpty();
  }

  @Test
  void counts_a_code_that_is_sent_twice_once() {
    Answer quote = quote(withCodes("[\"summer\", \"SUMMER\", \"none\", \"NONE\"]"));

    assertThat(quote.at("/total")).isEqualTo("90.00");
    assertThat(quote.json().get("rejected"))
        .isEqualTo(Json.read("[{\"code\": \"none\", \"reason\": \"unknown_code\"}]"));
  }

  @Test
  void names_the_rule_that_a_limit_stops() {
    Answer quote =
        quote(
            tried(
                """
                {"id": "r", "limits": {"total": 5}, "usage": {"redeemed": 5},
                 "effects": [{"type": "percent_off_order", "percent": "10"}]}
                """));

    assertThat(quote.json().get("rejected"))
        .isEqualTo(Json.read("[{\"ruleId\": \"r\", \"reason\": \"usage_limit_reached\"}]"));
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
          {"budget": {"type": "usage", "limit": 2}}    | {"budgetUsed": 2}                | 100.00
          {"budget": {"type": "usage", "limit": 2}}    | {"budgetUsed": 1}                | 90.00
          {"budget": {"type": "spend", "limit": "20"}} | {"budgetUsed": "10.00"}          | 90.00
          {"budget": {"type": "spend", "limit": "20"}} | {"budgetUsed": "10.01"}          | 100.00
          {"budget": {"type": "spend", "limit": "20"}} | {"budgetUsed": null}             | 90.00
          {}                                           | {"redeemed": 1000000000000}      | 90.00
          {}                                           | null                             | 90.00
          """,
      delimiter = '|')
  void takes_limits_to_be_used_up_as_far_as_is_said(String limits, String usage, String total) {
    String rule =
        """
        {"limits": %s, "usage": %s,
         "effects": [{"type": "percent_off_order", "percent": "10"}]}
        """
            .formatted(limits, usage);

    assertThat(quote(tried(rule)).at("/total")).isEqualTo(total);
  }

  @Test
  void names_a_rule_that_has_no_id_by_its_place() {
    Answer quote =
        quote(
            tried(
                """
                {"id": "first", "effects": [{"type": "percent_off_order", "percent": "10"}]},
                {"id": null, "effects": [{"type": "percent_off_order", "percent": "10"}]}
                """));

    assertThat(quote.json().get("discounts").findValuesAsString("ruleId"))
        .containsExactly("first", "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"paused\"", "\"active\"", "\"draft\"", "null", "7"})
  void takes_a_rule_that_is_tried_out_to_be_in_force(String status) {
    String rule =
        """
        {"status": %s, "version": null,
         "effects": [{"type": "percent_off_order", "percent": "10"}]}
        """
            .formatted(status);

    assertThat(quote(tried(rule)).at("/total")).isEqualTo("90.00");
  }

  @ParameterizedTest
  @CsvSource({"[], 1000.00", "null, 900.00"})
  void prices_under_no_rule_if_none_is_to_be_tried_out(String rules, String total) {
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
  void lets_rules_work_together_as_is_said(String policy, String total) {
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
  void lets_rules_ask_of_all_that_was_sent(String when, boolean applies) {
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
  void takes_prices_from_the_catalogue() {
    client.put("/v1/products/CUP", Bodies.product("CUP", "12.50").replace("Mug", "Cup"));

    Answer quote =
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
  void quotes_what_is_given_away() {
    assertThat(quote(order("USD", line("MUG", "10", "0.00"))).at("/total")).isEqualTo("0.00");
  }

  @Test
  void takes_null_for_what_may_be_left_out() {
    Answer quote =
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
  void gives_two_carts_of_one_price_one_hash() {
    String body = order("USD", line("MUG", "10", "100.00"));

    assertThat(quote(body).at("/priceHash")).isEqualTo(quote(body).at("/priceHash"));
    assertThat(quote(order("USD", line("MUG", "11", "100.00"))).at("/priceHash"))
        .isNotEqualTo(quote(body).at("/priceHash"));
  }

  @Test
  void takes_a_thousand_rules() {
    String rule = "{\"effects\": [{\"type\": \"amount_off_order\", \"amount\": \"0.01\"}]}";

    assertThat(quote(tried(Bodies.times(1_000, rule))).at("/total")).isEqualTo("90.00");
  }

  private Answer quote(String body) {
    return expect(200, client.post("/v1/quotes", body));
  }

  /** A cart of 100.00 that these rules are tried out on. */
  private static String tried(String rules) {
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
