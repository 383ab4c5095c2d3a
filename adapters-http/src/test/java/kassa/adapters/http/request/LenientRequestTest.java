package kassa.adapters.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What generated clients send without being told to counts as absent: defaults, empty lists and
 * objects, and {@code null}. Beyond the contract, the server accepts some values in another form.
 */
class LenientRequestTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;
  private final ContractCheckingClient lenient = SERVER.client.withoutRequestChecks();

  @BeforeAll
  static void createProduct() {
    SERVER.client.post(
        "/v1/products",
        """
        {"sku": "CUP", "name": "Cup", "unitPrice": "10.00", "currency": "USD", "tags": [],
         "listPrice": null, "active": true}
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"onSale\": false",
        "\"tags\": []",
        "\"onSale\": null, \"tags\": null, \"unitPrice\": null, \"listPrice\": null",
        "\"onSale\": false, \"tags\": [], \"minUnitPrice\": null, \"taxRate\": null"
      })
  void default_on_a_catalogue_line_counts_as_absent(String fields) {
    String body =
        "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"CUP\", \"quantity\": 2, %s}]}"
            .formatted(fields);

    assertThat(client.post("/v1/quotes", body).at("/total")).isEqualTo("20.00");
    assertThat(client.place(body).at("/total")).isEqualTo("20.00");
  }

  @Test
  void defaults_of_a_whole_cart_count_as_absent() {
    TestResponse placed =
        client.place(
            """
            {"currency": "USD", "lines": [{"sku": "CUP", "quantity": 1}], "codes": [],
             "customer": {}, "shipping": null, "channel": null, "pricesIncludeTax": false,
             "metadata": {}, "customerId": null, "expectedTotal": null, "priceHash": null,
             "onInvalidCode": "reject"}
            """);

    assertThat(placed.at("/total")).isEqualTo("10.00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"any\": []",
        "\"all\": [], \"channels\": [], \"weekdays\": []",
        "\"containsAnySku\": [], \"containsAllSkus\": [], \"containsAnyTag\": []",
        "\"customerGroups\": [], \"shippingMethods\": []",
        "\"noSaleItems\": false",
        "\"metadata\": {}",
        "\"not\": null, \"minQuantity\": null, \"timeOfDay\": null",
        "\"any\": [{\"channels\": []}]"
      })
  void empty_condition_counts_as_absent(String conditions) {
    String rule =
        """
        {"id": "r", "when": {%s}, "limits": {}, "window": {},
         "effects": [{"type": "percent_off_order", "percent": "10",
           "target": {"skus": [], "tags": [], "excludeTags": [], "excludeOnSale": false}}]}
        """
            .formatted(conditions);

    assertThat(quote(lenient, rule).at("/total")).isEqualTo("9.00");
  }

  @Test
  void empty_part_of_a_bundle_counts_as_absent() {
    String bundle =
        """
        {"effects": [{"type": "bundle_price", "skus": {"CUP": 1}, "tags": {}, "price": "7"}]}
        """;

    assertThat(quote(client, bundle).at("/total")).isEqualTo("7.00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pay", "ship", "complete", "cancel"})
  void body_of_null_is_no_body(String transition) {
    String path = "/v1/orders/" + client.place(OrderBodies.VALID_ORDER).at("/number") + "/";
    String[] headers = {"Content-Type", "application/json", "If-Match", "*"};
    for (String before : new String[] {"pay", "ship"}) {
      if (transition.equals("complete") || (transition.equals("ship") && before.equals("pay"))) {
        client.post(path + before, "", headers);
      }
    }

    assertThat(lenient.post(path + transition, "null", headers).status()).isEqualTo(200);
  }

  @Test
  void empty_prefix_of_a_chosen_code_counts_as_absent() {
    String rule = HttpTestRules.idOf(HttpTestRules.createRule(client, HttpTestRules.VALID_RULE));

    TestResponse issued =
        client.post(
            "/v1/codes",
            """
            {"ruleId": "%s", "code": "CHOSEN", "prefix": "", "limits": {}}
            """
                .formatted(rule));

    assertThat(issued.status()).isEqualTo(201);
  }

  @Test
  void shipping_that_is_not_refunded_goes_with_an_amount_of_it() {
    String path =
        "/v1/orders/"
            + client
                .place(
                    """
                    {"currency": "USD", "lines": [{"sku": "CUP", "quantity": 1}],
                     "shipping": {"amount": "5.00"}}
                    """)
                .at("/number");
    client.post(path + "/pay", "", "If-Match", "*");

    assertThat(
            client
                .post(path + "/refunds", "{\"shipping\": false, \"shippingAmount\": \"1.00\"}")
                .at("/total"))
        .isEqualTo("1.00");
    assertThat(
            client
                .post(path + "/refunds", "{\"shipping\": true, \"shippingAmount\": \"1.00\"}")
                .violations())
        .containsExactly("/shippingAmount repeated");
    assertThat(lenient.post(path + "/refunds", "{\"shipping\": \"1.50\"}").at("/total"))
        .isEqualTo("1.50");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"minQuantity": "1.500"}                      | {"minQuantity": 1.500}
          {"anyLineMinQuantity": "2"}                   | {"anyLineMinQuantity": 2}
          {"skuQuantity": {"skus": ["A"], "min": "3"}}  | {"skuQuantity": {"skus": ["A"], "min": 3}}
          {"any": [{"minQuantity": "4"}]}               | {"any": [{"minQuantity": 4}]}
          {"metadata": {"minQuantity": "5"}}            | {"metadata": {"minQuantity": "5"}}
          {"tagSubtotal": {"tag": "a", "min": "6"}}     | {"tagSubtotal": {"tag": "a", "min": "6"}}
          """,
      delimiter = '|')
  void quantity_of_a_condition_may_be_sent_as_text_and_is_answered_as_a_number(
      String sent, String answered) {
    TestResponse created = lenient.post("/v1/rules", HttpTestRules.with("when", sent));

    assertThat(created.json().get("when")).isEqualTo(TestJson.read(answered));
  }

  @Test
  void quantity_of_a_tier_may_be_sent_as_text_and_is_answered_as_a_number() {
    TestResponse created =
        lenient.post(
            "/v1/rules",
            """
            {"effects": [
              {"type": "tiered_quantity", "tiers": [{"from": "2.5", "percent": "1"}]},
              {"type": "tiered_order_amount", "tiers": [{"from": "2.5", "percent": "1"}]}]}
            """);

    assertThat(created.json().at("/effects/0/tiers/0/from").isNumber()).isTrue();
    assertThat(created.json().at("/effects/1/tiers/0/from").isString()).isTrue();
  }

  @Test
  void quantity_of_a_line_may_be_sent_as_text() {
    String body = "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"CUP\", \"quantity\": \"2.5\"}]}";

    assertThat(lenient.post("/v1/quotes", body).at("/total")).isEqualTo("25.00");
  }

  private static TestResponse quote(ContractCheckingClient caller, String rule) {
    return caller.post(
        "/v1/quotes",
        """
        {"currency": "USD", "lines": [{"sku": "CUP", "quantity": 1}], "rules": [%s]}
        """
            .formatted(rule));
  }
}
