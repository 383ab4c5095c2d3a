package kassa.adapters.http.rule;

import static kassa.adapters.http.HttpTestRules.VALID_RULE;
import static kassa.adapters.http.HttpTestRules.rule;
import static kassa.adapters.http.HttpTestRules.with;
import static kassa.adapters.http.OrderBodies.repeated;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleValidationEndpointTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @AfterEach
  void assertNothingStored() {
    assertThat(client.get("/v1/rules").json().get("data")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          name        | 1
          label       | ["a"]
          priority    | "1"
          code        | 7
          currency    | true
          window      | "2026"
          limits      | []
          when        | []
          exclusive   | "true"
          combinable  | 1
          level       | 0
          bestOfGroup | {}
          effects     | {}
          """,
      delimiter = '|')
  void rejects_value_of_wrong_type(String field, String value) {
    assertRejected(400, ruleWith(field, value), "/" + field + " wrong_type");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          name        | ""                                       | /name empty
          label       | "a\\nb"                                  | /label malformed
          priority    | 1000001                                  | /priority out_of_range
          priority    | 0.5                                      | /priority too_precise
          code        | "  "                                     | /code empty
          currency    | "EURO"                                   | /currency unknown_currency
          currency    | "XAU"                                    | /currency unknown_currency
          window      | {"from": "2026-06-01"}                   | /window/from malformed
          window      | {"to": "2026-06-01T00:00:00+0000"}   | /window/to malformed
          limits      | {"total": -1}                            | /limits/total out_of_range
          limits      | {"perCode": 1000000000001}               | /limits/perCode out_of_range
          limits      | {"perCustomer": 1.5}                     | /limits/perCustomer too_precise
          limits      | {"budget": {"limit": 1}}                 | /limits/budget/type missing_field
          limits      | {"budget": {"type": "sum", "limit": 1}}  | /limits/budget/type out_of_range
          limits      | {"budget": {"type": "usage"}}            | /limits/budget/limit missing_field
          limits      | {"budget": {"type": "spend", "limit": "-1"}} | /limits/budget/limit out_of_range
          level       | "line"                                   | /level out_of_range
          bestOfGroup | " a"                                     | /bestOfGroup malformed
          effects     | []                                       | /effects empty
          effects     | null                                     | /effects missing_field
          """,
      delimiter = '|')
  void rejects_invalid_value(String field, String value, String violation) {
    assertRejected(422, ruleWith(field, value), violation);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"minSubtotal": "x"}                           | 422 | /minSubtotal malformed
          {"minSubtotal": 50}                            | 400 | /minSubtotal wrong_type
          {"maxSubtotal": "0.0000001"}                   | 422 | /maxSubtotal too_precise
          {"minQuantity": 0}                             | 422 | /minQuantity out_of_range
          {"anyLineMinQuantity": true}                   | 400 | /anyLineMinQuantity wrong_type
          {"skuQuantity": {"skus": ["A"]}}               | 422 | /skuQuantity/min missing_field
          {"skuQuantity": {"min": 1}}                    | 422 | /skuQuantity/skus missing_field
          {"containsAnySku": ["A", ""]}                  | 422 | /containsAnySku/1 empty
          {"containsAllSkus": ["A", "A"]}                | 422 | /containsAllSkus repeated
          {"containsAnyTag": [null]}                     | 422 | /containsAnyTag/0 empty
          {"tagSubtotal": {"tag": "a"}}                  | 422 | /tagSubtotal/min missing_field
          {"customerGroups": "a"}                        | 400 | /customerGroups wrong_type
          {"nthOrder": 0}                                | 422 | /nthOrder out_of_range
          {"channels": [1]}                              | 400 | /channels/0 wrong_type
          {"shippingMethods": {}}                        | 400 | /shippingMethods wrong_type
          {"weekdays": ["someday"]}                      | 422 | /weekdays/0 out_of_range
          {"weekdays": ["mon", "monday"]}                | 422 | /weekdays repeated
          {"timeOfDay": {"from": "24:00"}}               | 422 | /timeOfDay/from malformed
          {"timeOfDay": {"zone": "Middle/Earth"}}        | 422 | /timeOfDay/zone malformed
          {"timeOfDay": {"at": "10:00"}}                 | 400 | /timeOfDay/at unknown_field
          {"metadata": {"a/b": 1}}                       | 400 | /metadata/a~1b wrong_type
          {"any": [{}, {"minTotal": "1"}]}               | 400 | /any/1/minTotal unknown_field
          {"all": [{"not": {"nthOrder": -1}}]}           | 422 | /all/0/not/nthOrder out_of_range
          {"not": []}                                    | 400 | /not wrong_type
          """,
      delimiter = '|')
  void rejects_invalid_condition(String when, int status, String violation) {
    assertRejected(status, with("when", when), "/when" + violation);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "percent_off"                                              | 422 | /type out_of_range
          7                                                          | 400 | /type wrong_type
          "percent_off_order"                                        | 422 | /percent missing_field
          "percent_off_order", "percent": 10                         | 400 | /percent wrong_type
          "percent_off_order", "percent": "100.01"                   | 422 | /percent out_of_range
          "percent_off_order", "percent": "1", "amount": "1"         | 400 | /amount unknown_field
          "percent_off_order", "percent": "1", "maxAmount": "-1"     | 422 | /maxAmount out_of_range
          "amount_off_order", "amount": "1,50"                       | 422 | /amount malformed
          "percent_off_units", "percent": "1", "maxUnits": 0         | 422 | /maxUnits out_of_range
          "amount_off_units", "amount": "1", "pick": "best"          | 422 | /pick out_of_range
          "amount_off_line", "amount": "1", "maxUnits": 1            | 400 | /maxUnits unknown_field
          "fixed_unit_price", "unitPrice": "1", "target": {"sku": 1} | 400 | /target/sku unknown_field
          "fixed_unit_price"                                         | 422 | /unitPrice missing_field
          "tiered_quantity", "tiers": []                             | 422 | /tiers empty
          "tiered_quantity", "tiers": [{"from": 1}]                  | 422 | /tiers/0/percent missing_field
          "tiered_quantity", "tiers": [{"percent": "1"}]             | 422 | /tiers/0/from missing_field
          "tiered_order_amount", "tiers": [{"from": 1, "amount": "1"}] | 400 | /tiers/0/from wrong_type
          "quantity_group", "size": 3                                | 422 | /percent missing_field
          "quantity_group", "size": 3, "percent": "1", "amountPerUnit": "1" | 422 | /amountPerUnit repeated
          "buy_x_get_y", "getQuantity": 1, "percent": "1"            | 422 | /buyQuantity missing_field
          "nth_unit_percent", "n": 1000001, "percent": "1"           | 422 | /n out_of_range
          "bundle_price", "price": "1"                               | 422 | /skus missing_field
          "bundle_price", "price": "1", "skus": {"A": 0}             | 422 | /skus/A out_of_range
          "bundle_price", "price": "1", "tags": {}                   | 422 | /skus missing_field
          "free_gift", "unitPrice": "1"                              | 422 | /sku missing_field
          "percent_off_shipping", "percent": "1", "target": {}       | 400 | /target unknown_field
          "amount_off_shipping"                                      | 422 | /amount missing_field
          "percent_off_items_and_shipping"                           | 422 | /percent missing_field
          "amount_off_items_and_shipping", "amount": "1000000000001" | 422 | /amount out_of_range
          """,
      delimiter = '|',
      quoteCharacter = '\0')
  void rejects_invalid_effect(String effect, int status, String violation) {
    assertRejected(status, rule(effect), "/effects/0" + violation);
  }

  @Test
  void rejects_non_increasing_tiers_and_target_without_price() {
    assertRejected(
        422,
        rule(
            """
            "tiered_quantity", "tiers": [{"from": 2, "percent": "1"}, {"from": "2.0", "percent": "2"}],
            "target": {"priceMin": "2", "priceMax": "1.99", "tags": ["a", "a"]}\
            """),
        "/effects/0/target/tags repeated",
        "/effects/0/target/priceMax out_of_range",
        "/effects/0/tiers/1/from out_of_range");
  }

  @Test
  void enforces_maximum_sizes() {
    String effect = "{\"type\": \"percent_off_shipping\", \"percent\": \"1\"}";

    assertRejected(422, "{\"effects\": [" + repeated(21, effect) + "]}", "/effects too_many");
    assertRejected(
        422,
        with("when", "{\"any\": [" + repeated(64, "{\"nthOrder\": 1}") + "]}"),
        "/when too_many");
    assertRejected(
        422, with("when", "{\"any\": [" + repeated(65, "{}") + "]}"), "/when/any too_many");
    assertRejected(422, with("label", "\"" + "x".repeat(201) + "\""), "/label too_long");
    assertRejected(422, with("code", "\"" + "x".repeat(65) + "\""), "/code too_long");
    assertRejected(
        422,
        rule("\"tiered_quantity\", \"tiers\": [" + repeated(101, "{}") + "]"),
        "/effects/0/tiers too_many");
  }

  @Test
  void reports_all_violations_at_once() {
    assertRejected(
        400,
        """
        {"naem": "x", "code": "", "status": "paused", "window": {"until": 1},
         "limits": {"total": "1", "budget": {"type": "x"}}, "when": {"nthOrder": 0, "a": 1},
         "effects": [{"type": "percent_off_order", "percent": "101"}, {"type": "x"}, 7,
          {"type": "free_gift", "sku": "A", "unitPrice": 1, "target": {}}]}\
        """,
        "/naem unknown_field",
        "/code empty",
        "/status out_of_range",
        "/window/until unknown_field",
        "/limits/total wrong_type",
        "/limits/budget/type out_of_range",
        "/when/nthOrder out_of_range",
        "/when/a unknown_field",
        "/effects/0/percent out_of_range",
        "/effects/1/type out_of_range",
        "/effects/2 wrong_type",
        "/effects/3/unitPrice wrong_type",
        "/effects/3/target unknown_field");
  }

  @Test
  void reports_at_most_a_hundred_violations() {
    StringBuilder body = new StringBuilder(VALID_RULE.substring(0, VALID_RULE.length() - 1));
    for (int i = 0; i < 150; i++) {
      body.append(", \"x").append(i).append("\": 1");
    }

    assertThat(client.post("/v1/rules", body.append('}').toString()).violations()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"rule\"", "null", "1"})
  void rejects_non_object_body(String body) {
    assertRejected(400, body, "wrong_type");
  }

  @Test
  void rejects_too_large_or_malformed_body() {
    String large = VALID_RULE + " ".repeat(RuleHandlers.MAX_BODY_BYTES);

    for (TestResponse response :
        List.of(
            client.post("/v1/rules", large),
            client.put("/v1/rules/" + HttpTestRules.UNKNOWN_ID, large, "If-Match", "*"))) {
      assertThat(response.status()).isEqualTo(413);
      assertThat(response.at("/detail")).isEqualTo("The body must have at most 1048576 bytes.");
    }
    assertThat(client.post("/v1/rules", VALID_RULE, "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(client.post("/v1/rules", "{").at("/code")).isEqualTo("malformed_json");
    assertThat(client.post("/v1/rules", "{\"name\": \"a\", \"name\": \"b\"}").at("/code"))
        .isEqualTo("malformed_json");
  }

  private void assertRejected(int status, String body, String... violations) {
    TestResponse response = client.post("/v1/rules", body);

    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.at("/code")).isEqualTo(status == 400 ? "invalid_request" : "invalid_value");
    assertThat(response.violations()).containsExactlyInAnyOrder(violations);
  }

  /** Returns the valid rule in which one field has the given value. */
  private static String ruleWith(String field, String value) {
    return field.equals("effects")
        ? "{\"effects\": " + value + "}"
        : with(field, value).replace("\"name\": \"Ten\", ", "");
  }
}
