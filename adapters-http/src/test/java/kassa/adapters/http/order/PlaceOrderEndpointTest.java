package kassa.adapters.http.order;

import static kassa.adapters.http.OrderBodies.line;
import static kassa.adapters.http.OrderBodies.order;
import static kassa.adapters.http.OrderBodies.orderWith;
import static org.assertj.core.api.Assertions.assertThat;

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

class PlaceOrderEndpointTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1,   100.00,  0.00
          9,   900.00,  0.00
          10,  900.00,  100.00
          11,  990.00,  110.00
          49, 4410.00,  490.00
          50, 4000.00, 1000.00
          51, 4080.00, 1020.00
          """)
  void default_rule_discounts_10_percent_from_10_and_20_from_50(
      String quantity, String total, String discount) {
    TestResponse placed = client.place(order("USD", line("MUG", quantity, "100.00")));

    assertThat(placed.at("/total")).isEqualTo(total);
    assertThat(placed.at("/discountTotal")).isEqualTo(discount);
    assertThat(placed.at("/lines/0/total")).isEqualTo(total);
  }

  @Test
  void returns_the_complete_order_with_discount_reasons() {
    TestResponse placed = client.place(orderWith("quantity", "50"));

    assertThat(placed.json())
        .isEqualTo(
            TestJson.read(
                """
                {"id": "%s", "number": %s, "status": "placed", "customerId": "c-4711",
                 "customerGroup": null, "channel": null, "version": 1, "currency": "USD", "subtotal": "5000.00",
                 "discountTotal": "1000.00", "shippingTotal": "0.00", "taxTotal": "0.00",
                 "total": "4000.00", "refundedTotal": "0.00",
                 "lines": [{"sku": "MUG", "quantity": 50, "unitPrice": "100.00",
                   "subtotal": "5000.00", "discountTotal": "1000.00", "taxTotal": "0.00",
                   "total": "4000.00",
                   "discounts": [{"ruleId": "rul_01kdvdna00e008000000000001", "ruleVersion": 1,
                     "label": "Premium 20%%", "amount": "1000.00"}]}],
                 "discounts": [{"ruleId": "rul_01kdvdna00e008000000000001", "ruleVersion": 1,
                   "label": "Premium 20%%", "code": null, "amount": "1000.00"}],
                 "shipping": null, "taxes": [], "rejected": [],
                 "priceHash": "%s", "metadata": {"till": "7"}, "cancelReason": null,
                 "placedAt": "%s", "updatedAt": "%s"}
                """
                    .formatted(
                        placed.at("/id"),
                        placed.at("/number"),
                        placed.at("/priceHash"),
                        placed.at("/placedAt"),
                        placed.at("/placedAt"))));
  }

  @Test
  void returns_location_and_etag() {
    TestResponse placed = client.place(OrderBodies.VALID_ORDER);

    assertThat(placed.header("Location")).isEqualTo("/v1/orders/" + placed.at("/id"));
    assertThat(placed.header("ETag")).isEqualTo("\"1\"");
    assertThat(client.get(placed.header("Location")).body()).isEqualTo(placed.body());
  }

  @Test
  void prices_each_line_separately() {
    TestResponse placed =
        client.place(
            order(
                "USD",
                line("MUG", "9", "10.00"),
                line("PEN", "10", "1.00"),
                line("MUG", "1", "10.00"),
                line("CAP", "50", "2.00")));

    assertThat(placed.json().get("lines").findValuesAsString("total"))
        .containsExactly("90.00", "9.00", "10.00", "80.00");
    assertThat(placed.at("/subtotal")).isEqualTo("210.00");
    assertThat(placed.at("/discountTotal")).isEqualTo("21.00");
    assertThat(placed.at("/total")).isEqualTo("189.00");
    assertThat(placed.json().get("discounts").findValuesAsString("label"))
        .containsExactly("Bulk 10%", "Premium 20%");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          USD, 3,         19.99,        59.97
          JPY, 11,        1050,         10395
          BHD, 2,         0.125,        0.250
          BHD, 12,        1.0125,       10.935
          USD, 0.001,     4.99,         0.00
          USD, 0.001,     5.00,         0.01
          USD, 2.125,     3.45,         7.33
          USD, 1000,      0.000001,     0.00
          USD, 1000000,   0.01,         8000.00
          JPY, 1,         1000000000000, 1000000000000
          CLF, 1,         1.2345,       1.2345
          DEM, 1,         1.00,         1.00
          """)
  void rounds_to_the_minor_unit_of_the_currency(
      String currency, String quantity, String unitPrice, String total) {
    assertThat(client.place(order(currency, line("MUG", quantity, unitPrice))).at("/total"))
        .isEqualTo(total);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          10      | 10
          10.0    | 10
          1e1     | 10
          2.5     | 2.5
          2.50    | 2.5
          0.001   | 0.001
          1000000 | 1000000
          "10"    | 10
          "2.500" | 2.5
          "007"   | 7
          """,
      delimiter = '|')
  void accepts_quantities_as_numbers_and_strings(String sent, String stored) {
    TestResponse placed = client.withoutRequestChecks().place(orderWith("quantity", sent));

    assertThat(placed.at("/lines/0/quantity")).isEqualTo(stored);
  }

  @Test
  void stores_metadata_unchanged() {
    String metadata =
        """
        {"empty": "", "a/b~c": "d", "note": "\\"Käse\\";\\n二 \\ud83c\\udf81"}\
        """;

    TestResponse placed = client.place(orderWith("metadata", metadata));

    assertThat(placed.json().get("metadata")).isEqualTo(TestJson.read(metadata));
  }

  @ParameterizedTest
  @CsvSource({"customerId, null", "metadata, {}"})
  void accepts_null_for_optional_fields(String field, String stored) {
    TestResponse placed = client.place(orderWith(field, "null"));

    assertThat(placed.json().get(field)).isEqualTo(TestJson.read(stored));
  }

  @Test
  void accepts_five_hundred_lines() {
    String lines = OrderBodies.repeated(500, line("MUG", "1", "0.01"));

    assertThat(client.place(orderWith("lines", "[" + lines + "]")).at("/total")).isEqualTo("5.00");
  }

  @Test
  void accepts_the_maximum_cart_total() {
    String order = order("USD", line("YACHT", "1000000", "10000000000.00"));

    assertThat(client.place(order).at("/subtotal")).isEqualTo("10000000000000000.00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=utf-8",
        "Application/JSON; Charset=\"UTF-8\""
      })
  void accepts_every_json_content_type(String contentType) {
    TestResponse placed =
        client.post("/v1/orders", OrderBodies.VALID_ORDER, "Content-Type", contentType);

    assertThat(placed.status()).isEqualTo(201);
  }
}
