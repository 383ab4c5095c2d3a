package kassa.adapters.http.rule;

import static kassa.adapters.http.HttpTestRules.compact;
import static kassa.adapters.http.HttpTestRules.with;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server returns each rule exactly as the client sent it. */
class RuleRoundTripTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"type": "percent_off_order", "percent": "12.5", "maxAmount": "30.00", "target":
         {"skus": ["B", "A"], "tags": ["x"], "excludeTags": ["y", "z"], "priceMin": "1",
          "priceMax": "99.990", "excludeOnSale": true}}\
        """,
        """
        {"amount": "5.00", "type": "amount_off_order", "target": {}}\
        """,
        """
        {"type": "percent_off_units", "percent": "100", "maxUnits": 3, "pick": "cheapest",
         "maxUnitsPerLine": 1}\
        """,
        """
        {"type": "amount_off_units", "amount": "0.000001", "pick": "most_expensive"}\
        """,
        """
        {"type": "amount_off_line", "amount": "1000000000000", "target": {"tags": ["mug"]}}\
        """,
        """
        {"type": "fixed_unit_price", "unitPrice": "0", "target": {"skus": ["A"]}}\
        """,
        """
        {"type": "tiered_quantity", "mode": "graduated", "scope": "target_total", "tiers": [
         {"from": 1.5, "percent": "1"}, {"from": 2.250, "unitPrice": "3"},
         {"from": 1000000, "amountPerUnit": "0.5", "label": "Käse"}], "target": {"tags": ["a"]}}\
        """,
        """
        {"type": "tiered_order_amount", "tiers": [{"from": "0", "percent": "1", "label": "a"},
         {"from": "100.00", "amount": "20"}]}\
        """,
        """
        {"type": "quantity_group", "size": 3, "percent": "33.3333", "target": {"tags": ["a"]}}\
        """,
        """
        {"type": "quantity_group", "size": 1000000, "amountPerUnit": "1"}\
        """,
        """
        {"type": "buy_x_get_y", "buyQuantity": 2, "getQuantity": 1, "percent": "100", "buyTarget":
         {"skus": ["A"]}, "getTarget": {"skus": ["B"]}, "pick": "line_order", "maxSets": 9,
         "partialGet": false}\
        """,
        """
        {"type": "nth_unit_percent", "n": 3, "percent": "50", "maxSets": 2, "target": {}}\
        """,
        """
        {"type": "bundle_price", "skus": {"B": 1, "A": 2}, "tags": {"t/~": 1000000},
         "price": "19.99", "maxSets": 1}\
        """,
        """
        {"type": "free_gift", "sku": "PEN", "unitPrice": "2.50", "perUnitOfSku": "MUG"}\
        """,
        """
        {"type": "percent_off_shipping", "percent": "0"}\
        """,
        """
        {"type": "amount_off_shipping", "amount": "4.90"}\
        """,
        """
        {"type": "percent_off_items_and_shipping", "percent": "7"}\
        """,
        """
        {"type": "amount_off_items_and_shipping", "amount": "7"}\
        """
      })
  void stores_every_effect_unchanged(String effect) {
    assertStoredUnchanged("{\"effects\": [" + effect + "]}");
    assertStoredUnchanged("{\"effects\": [" + effect + ", " + effect + "]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"any\": [{\"minSubtotal\": \"1\"}, {}], \"not\": {\"noSaleItems\": true}}",
        "{\"all\": [{\"not\": {\"any\": [{\"nthOrder\": 1}]}}, {\"maxSubtotal\": \"9.90\"}]}",
        "{\"minSubtotal\": \"50.00\", \"maxSubtotal\": \"100\"}",
        "{\"minQuantity\": 0.001, \"anyLineMinQuantity\": 3}",
        "{\"skuQuantity\": {\"min\": 2, \"skus\": [\"B\", \"A\"]}}",
        "{\"containsAnySku\": [\"A\"], \"containsAllSkus\": [\"B\", \"A\"]}",
        "{\"containsAnyTag\": [\"mug\"], \"tagSubtotal\": {\"tag\": \"mug\", \"min\": \"10\"}}",
        "{\"customerGroups\": [\"wholesale\", \"b\"], \"nthOrder\": 1000000000}",
        "{\"channels\": [\"web\"], \"shippingMethods\": [\"ground\", \"air\"]}",
        "{\"noSaleItems\": true}",
        "{\"weekdays\": [\"sat\", \"sunday\"], \"timeOfDay\": {\"from\": \"22:00\", \"to\":"
            + " \"02:30:15.5\", \"zone\": \"Europe/Berlin\"}}",
        "{\"weekdays\": [\"mon\"], \"timeOfDay\": {}}",
        "{\"metadata\": {\"till\": \"7\", \"a/b~c\": \"\"}}"
      })
  void stores_every_condition_unchanged(String when) {
    assertStoredUnchanged(with("when", when));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"limits\": {}, ",
        "{\"limits\": {\"total\": 0, \"perCode\": 1, \"perCustomer\": 1000000000000,"
            + " \"reusableAfterCancel\": false}, ",
        "{\"limits\": {\"budget\": {\"type\": \"spend\", \"limit\": \"50000.00\"}}, ",
        "{\"limits\": {\"budget\": {\"limit\": 3, \"type\": \"usage\"}}, ",
        "{\"window\": {}, ",
        "{\"window\": {\"to\": \"2026-09-01T00:00:00.000001+02:00\"}, ",
        "{\"window\": {\"from\": \"2026-06-01T00:00:00Z\", \"to\": \"2026-05-01T00:00:00Z\"}, ",
        "{\"label\": \"15 \\u00b5 \\\"off\\\"\", \"priority\": -1000000, \"currency\": \"BHD\", ",
        "{\"exclusive\": true, \"combinable\": false, \"level\": \"item\", \"bestOfGroup\": \"g\", "
      })
  void stores_all_other_fields_unchanged(String start) {
    assertStoredUnchanged(start + HttpTestRules.VALID_RULE.substring(1));
  }

  @Test
  void preserves_number_format_and_field_order() {
    String written =
        """
        {"priority":-7,"effects":[{"tiers":[{"label":"x","percent":"10.0","from":1.50},\
        {"from":10,"amountPerUnit":"007.10"}],"type":"tiered_quantity"}],"name":"n"}\
        """;

    TestResponse created = client.post("/v1/rules", written);

    assertThat(created.body()).endsWith("Z\"," + written.substring(1));
    assertThat(client.get(created.header("Location")).body()).isEqualTo(created.body());
  }

  private void assertStoredUnchanged(String rule) {
    TestResponse created = ContractCheckingClient.expect(201, client.post("/v1/rules", rule));
    String path = created.header("Location");

    assertThat(HttpTestRules.definition(created.json())).isEqualTo(compact(rule));
    assertThat(client.get(path).body()).isEqualTo(created.body());
    TestResponse replaced =
        ContractCheckingClient.expect(200, client.put(path, created.body(), "If-Match", "\"1\""));
    assertThat(HttpTestRules.definition(replaced.json())).isEqualTo(compact(rule));
    assertThat(client.get(path + "/versions").json().get("data").valueStream())
        .extracting(HttpTestRules::definition)
        .containsExactly(compact(rule), compact(rule));
  }
}
