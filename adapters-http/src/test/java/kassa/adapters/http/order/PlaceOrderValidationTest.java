package kassa.adapters.http.order;

import static kassa.adapters.http.OrderBodies.line;
import static kassa.adapters.http.OrderBodies.order;
import static kassa.adapters.http.OrderBodies.orderWith;
import static kassa.adapters.http.OrderBodies.pointerTo;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceOrderValidationTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @AfterEach
  void assertNothingPlaced() {
    assertThat(client.get("/v1/orders").json().get("data")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          currency   | 1
          currency   | true
          currency   | ["USD"]
          currency   | {}
          lines      | {}
          lines      | "MUG"
          lines      | 1
          customerId | 4711
          customerId | false
          customerId | {}
          metadata   | "till"
          metadata   | []
          metadata   | 7
          sku        | 1
          sku        | []
          quantity   | true
          quantity   | [1]
          quantity   | {}
          unitPrice  | 100.00
          unitPrice  | 100
          unitPrice  | 0
          unitPrice  | 1e2
          unitPrice  | true
          unitPrice  | {"amount": "1.00"}
          """,
      delimiter = '|')
  void rejects_value_of_wrong_type(String field, String value) {
    TestResponse response = client.post("/v1/orders", orderWith(field, value));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("invalid_request");
    assertThat(response.violations()).containsExactly(pointerTo(field) + " wrong_type");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "\"text\"", "null", "1", "true"})
  void rejects_non_object_body(String body) {
    TestResponse response = client.post("/v1/orders", body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly("wrong_type");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          currency   | "XXX"           | unknown_currency
          currency   | "XAU"           | unknown_currency
          currency   | "usd"           | unknown_currency
          currency   | "ABCD"          | unknown_currency
          currency   | "ZZZ"           | unknown_currency
          currency   | "US"            | unknown_currency
          currency   | ""              | unknown_currency
          currency   | " USD"          | unknown_currency
          currency   | null            | missing_field
          lines      | null            | missing_field
          lines      | []              | empty
          sku        | null            | missing_field
          sku        | ""              | empty
          sku        | " MUG"          | malformed
          sku        | "MUG "          | malformed
          sku        | "M\\tUG"        | malformed
          sku        | "M\\u0000UG"    | malformed
          sku        | "\\ud800"       | malformed
          quantity   | null            | missing_field
          quantity   | 0               | out_of_range
          quantity   | -0              | out_of_range
          quantity   | 0.0             | out_of_range
          quantity   | -1              | out_of_range
          quantity   | 1000000.001     | out_of_range
          quantity   | 1000001         | out_of_range
          quantity   | 0.0001          | out_of_range
          quantity   | 1.0001          | too_precise
          quantity   | 1e400           | out_of_range
          quantity   | -1e400          | out_of_range
          quantity   | 1e-400          | out_of_range
          quantity   | 1e999999999     | out_of_range
          quantity   | 1e-999999999    | out_of_range
          quantity   | 10e2147483646   | out_of_range
          quantity   | 1e-2147483647   | out_of_range
          quantity   | 0e2147483647    | out_of_range
          quantity   | "0"             | out_of_range
          quantity   | "-1"            | out_of_range
          quantity   | "1e3"           | malformed
          quantity   | "+1"            | malformed
          quantity   | "1,5"           | malformed
          quantity   | "1."            | malformed
          quantity   | ".5"            | malformed
          quantity   | " 1"            | malformed
          quantity   | ""              | malformed
          quantity   | "NaN"           | malformed
          quantity   | "Infinity"      | malformed
          quantity   | "٣"             | malformed
          quantity   | "0x10"          | malformed
          quantity   | "1.0001"        | too_precise
          unitPrice  | "-1.00"         | out_of_range
          unitPrice  | "10000000000.01" | out_of_range
          unitPrice  | "0.0000001"     | too_precise
          unitPrice  | "1e3"           | malformed
          unitPrice  | "1e400"         | malformed
          unitPrice  | "$1.00"         | malformed
          unitPrice  | "1.00 USD"      | malformed
          unitPrice  | "1,00"          | malformed
          unitPrice  | "NaN"           | malformed
          unitPrice  | ""              | malformed
          customerId | ""              | empty
          customerId | " c"            | malformed
          customerId | "c\\n"          | malformed
          """,
      delimiter = '|')
  void rejects_invalid_value(String field, String value, String code) {
    TestResponse response = client.post("/v1/orders", orderWith(field, value));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.at("/code")).isEqualTo("invalid_value");
    assertThat(response.violations()).containsExactly(pointerTo(field) + " " + code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sku", "customerId"})
  void rejects_names_longer_than_64_characters(String field) {
    TestResponse response =
        client.post("/v1/orders", orderWith(field, "\"" + "ä".repeat(65) + "\""));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly(pointerTo(field) + " too_long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"currency", "lines", "sku", "quantity"})
  void rejects_missing_required_field(String field) {
    String without = orderWith(field, "here").replaceAll("\"" + field + "\": here(, )?", "");

    TestResponse response = client.post("/v1/orders", without.replace(", }", "}"));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly(pointerTo(field) + " missing_field");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1e99999999999
          -1e99999999999
          1e-99999999999
          0e99999999999
          1E2147483648
          10E2147483648
          1e-2147483648
          """)
  void rejects_numbers_with_huge_exponents(String quantity) {
    TestResponse response = client.post("/v1/orders", orderWith("quantity", quantity));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("malformed_json");
  }

  @Test
  void rejects_more_than_five_hundred_lines() {
    String lines = OrderBodies.repeated(501, line("MUG", "1", "1.00"));

    TestResponse response = client.post("/v1/orders", orderWith("lines", "[" + lines + "]"));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/lines too_many");
  }

  @Test
  void rejects_too_large_total_of_lines() {
    String yachts = line("YACHT", "1000000", "10000000000.00");

    TestResponse response =
        client.post("/v1/orders", order("USD", yachts, line("PEN", "1", "0.01")));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/lines out_of_range");
  }

  @Test
  void reports_too_large_total_with_all_other_violations() {
    String yachts = line("YACHT", "1000001", "10000000000.00");
    String order = order("USD", yachts.replace("1000001", "1000000"), line("PEN", "1", "0.01"));

    TestResponse response =
        client.post("/v1/orders", order.replace("{\"currency", "{\"channel\": \"\", \"currency"));

    assertThat(response.violations())
        .containsExactlyInAnyOrder("/channel empty", "/lines out_of_range");
  }

  @Test
  void rejects_overflow_of_the_line_total() {
    String yachts = line("YACHT", "1000000", "10000000000.00");

    TestResponse response =
        client.post(
            "/v1/orders", orderWith("lines", "[" + OrderBodies.repeated(500, yachts) + "]"));

    assertThat(response.violations()).containsExactly("/lines out_of_range");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          coupon | /coupon
          Lines  | /Lines
          total  | /total
          a/b    | /a~1b
          a~b    | /a~0b
          ~1     | /~01
          ''     | /
          """,
      delimiter = '|')
  void rejects_unknown_fields(String name, String pointer) {
    TestResponse response = client.post("/v1/orders", orderWith(name, "1"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly(pointer + " unknown_field");
  }

  @Test
  void rejects_unknown_line_fields() {
    String line = line("MUG", "1", "1.00").replace("}", ", \"tags/~\": null}");

    TestResponse response = client.post("/v1/orders", order("USD", line, line));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations())
        .containsExactly("/lines/0/tags~1~0 unknown_field", "/lines/1/tags~1~0 unknown_field");
  }

  @Test
  void reports_all_violations_of_a_body_at_once() {
    TestResponse response =
        client.post(
            "/v1/orders",
            """
            {"currency": "XXX", "customerId": "", "coupon": 1, "metadata": {"till": 7},
             "lines": [
               {"sku": "", "quantity": 0, "unitPrice": 1.00},
               {"sku": "MUG", "quantity": 1, "unitPrice": "1.00"},
               7,
               {"quantity": "x", "unitPrice": "-1", "price": "1"}]}
            """);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/detail"))
        .isEqualTo("The request contains 12 errors, listed in errors.");
    assertThat(response.violations())
        .containsExactlyInAnyOrder(
            "/currency unknown_currency",
            "/customerId empty",
            "/coupon unknown_field",
            "/metadata/till wrong_type",
            "/lines/0/sku empty",
            "/lines/0/quantity out_of_range",
            "/lines/0/unitPrice wrong_type",
            "/lines/2 wrong_type",
            "/lines/3/sku missing_field",
            "/lines/3/quantity malformed",
            "/lines/3/unitPrice out_of_range",
            "/lines/3/price unknown_field");
  }

  @Test
  void reports_at_most_a_hundred_violations() {
    String lines = OrderBodies.repeated(101, "1");

    TestResponse response = client.post("/v1/orders", orderWith("lines", "[" + lines + "]"));

    assertThat(response.violations()).hasSize(100).endsWith("/lines/99 wrong_type");
  }
}
