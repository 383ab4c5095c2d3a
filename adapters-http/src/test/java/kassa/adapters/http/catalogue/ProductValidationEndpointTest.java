package kassa.adapters.http.catalogue;

import static kassa.adapters.http.OrderBodies.PRODUCT;
import static kassa.adapters.http.OrderBodies.productWith;
import static kassa.adapters.http.OrderBodies.repeated;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductValidationEndpointTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @AfterEach
  void assertNothingStored() {
    assertThat(client.get("/v1/products").json().get("data")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          sku          | 1
          name         | ["Mug"]
          unitPrice    | 12.50
          unitPrice    | 0
          currency     | true
          tags         | "mug"
          tags         | {}
          listPrice    | 15
          minUnitPrice | {}
          taxRate      | 19
          active       | "true"
          active       | 1
          """,
      delimiter = '|')
  void rejects_value_of_wrong_type(String field, String value) {
    TestResponse response = client.post("/v1/products", productWith(field, value));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly("/" + field + " wrong_type");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          sku          | ""              | empty
          sku          | " MUG"          | malformed
          name         | ""              | empty
          name         | "a\\nb"         | malformed
          unitPrice    | "-1"            | out_of_range
          unitPrice    | "10000000000.01"| out_of_range
          unitPrice    | "13.0000001"    | too_precise
          unitPrice    | "1e2"           | malformed
          currency     | "usd"           | unknown_currency
          listPrice    | "-0.01"         | out_of_range
          listPrice    | "x"             | malformed
          minUnitPrice | "12.500001"     | out_of_range
          minUnitPrice | "1.0000001"     | too_precise
          taxRate      | "100.0001"      | out_of_range
          taxRate      | "19 %"          | malformed
          taxRate      | "1.00001"       | too_precise
          """,
      delimiter = '|')
  void rejects_invalid_value(String field, String value, String code) {
    TestResponse response = client.post("/v1/products", productWith(field, value));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.at("/code")).isEqualTo("invalid_value");
    assertThat(response.violations()).containsExactly("/" + field + " " + code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sku", "name", "unitPrice", "currency"})
  void rejects_missing_required_field(String field) {
    TestResponse response = client.post("/v1/products", productWith(field, "null"));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.violations()).containsExactly("/" + field + " missing_field");
  }

  @Test
  void points_at_each_invalid_tag() {
    TestResponse response =
        client.post("/v1/products", productWith("tags", "[\"ok\", 1, \"\", null, \" x\"]"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations())
        .containsExactly(
            "/tags/1 wrong_type", "/tags/2 empty", "/tags/3 wrong_type", "/tags/4 malformed");
  }

  @Test
  void accepts_at_most_50_tags() {
    String fifty = "[" + repeated(50, "\"mug\"") + "]";
    assertThat(client.post("/v1/products", productWith("tags", fifty)).status()).isEqualTo(201);
    client.delete("/v1/products/MUG");

    TestResponse response =
        client.post("/v1/products", productWith("tags", "[" + repeated(51, "1") + "]"));

    assertThat(response.violations()).containsExactly("/tags too_many");
  }

  @Test
  void reports_all_violations_at_once() {
    TestResponse response =
        client.post(
            "/v1/products",
            """
            {"sku": "", "unitPrice": "1", "currency": "???", "tags": [7], "listPrice": "x",
             "minUnitPrice": "2", "taxRate": "101", "active": 0, "price": 1, "version": 3}\
            """);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations())
        .containsExactlyInAnyOrder(
            "/sku empty",
            "/name missing_field",
            "/currency unknown_currency",
            "/tags/0 wrong_type",
            "/listPrice malformed",
            "/minUnitPrice out_of_range",
            "/taxRate out_of_range",
            "/active wrong_type",
            "/price unknown_field",
            "/version unknown_field");
  }

  @Test
  void violation_detail_names_the_field() {
    assertThat(
            client.post("/v1/products", productWith("listPrice", "\"x\"")).at("/errors/0/detail"))
        .isEqualTo("listPrice must be a plain decimal such as 12.50");
    assertThat(
            client.post("/v1/products", productWith("taxRate", "\"101\"")).at("/errors/0/detail"))
        .isEqualTo("taxRate must be from 0 to 100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"MUG\"", "null", "1"})
  void rejects_non_object_body(String body) {
    TestResponse response = client.post("/v1/products", body);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly("wrong_type");
  }

  @Test
  void rejects_too_large_or_malformed_body() {
    String large = PRODUCT + " ".repeat(ProductHandlers.MAX_BODY_BYTES);

    assertThat(client.post("/v1/products", large).at("/detail"))
        .isEqualTo("The body must have at most 65536 bytes.");
    assertThat(client.put("/v1/products/MUG", large).status()).isEqualTo(413);
    assertThat(client.post("/v1/products", PRODUCT, "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(client.post("/v1/products", "{").at("/code")).isEqualTo("malformed_json");
  }
}
