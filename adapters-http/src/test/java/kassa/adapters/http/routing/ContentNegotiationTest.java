package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OpenApiContract;
import kassa.adapters.http.OpenApiContract.Operation;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentNegotiationTest {

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
          /health       | text/html
          /v1/orders    | text/csv
          /v1/orders/export | application/json
          /v1/orders/export | text/csv;q=0, application/x-ndjson;q=0.000, text/html
          /openapi.json | application/yaml
          /docs         | application/json
          /docs/docs.js | image/*
          /version      | application/json;q=0
          """,
      delimiter = '|')
  void unsupported_accept_is_not_acceptable(String path, String accept) {
    TestResponse response = client.get(path, "Accept", accept);

    assertThat(response.status()).isEqualTo(406);
  }

  @Test
  void order_with_unsupported_accept_is_not_placed() {
    TestResponse response =
        client.post(
            "/v1/orders",
            OrderBodies.VALID_ORDER,
            "Content-Type",
            "application/json",
            "Accept",
            "text/html");

    assertThat(response.status()).isEqualTo(406);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /health | application/json
          /health | text/html, */*;q=0.1
          /docs   | text/html
          /docs   | text/*
          /docs   | application/problem+json
          /health | application/problem+json;q=0.5, text/html
          /health | application/problem+json
          """,
      delimiter = '|')
  void responds_with_its_media_type_if_accepted(String path, String accept) {
    assertThat(client.get(path, "Accept", accept).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource
  void calls_without_a_response_body_accept_any_media_type_and_coding(Operation operation) {
    String path =
        operation.path().startsWith("/v1/products/")
            ? client
                .post(
                    "/v1/products",
                    """
                    {"sku": "MUG", "name": "Mug", "currency": "EUR", "unitPrice": "1.00"}
                    """)
                .header("Location")
            : operation.path().replaceAll("\\{.*?}", "unknown");

    for (String accept : List.of("text/html", "*/*;q=0", "application/xml", "nonsense")) {
      TestResponse response =
          client.send(
              operation.method(),
              path,
              operation.path().equals("/v1/auth/password") ? "{}".getBytes(UTF_8) : new byte[0],
              "Accept",
              accept,
              "Accept-Encoding",
              "identity;q=0, *;q=0",
              "Content-Type",
              "application/json");

      assertThat(response.status()).isNotIn(406, 500);
      if (path.startsWith("/v1/products/")) {
        assertThat(response.status()).isIn(204, 404);
      }
    }
  }

  private static Stream<Operation>
      calls_without_a_response_body_accept_any_media_type_and_coding() {
    return OpenApiContract.KASSA.operations().stream()
        .filter(operation ->
            OpenApiContract.KASSA.document().at(operation.pointer() + "/responses/204").isObject());
  }

  @Test
  void reads_all_accept_headers() {
    TestResponse response =
        client.get("/health", "Accept", "text/html", "Accept", "application/json");

    assertThat(response.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/problem+json",
        "application/json; charset=iso-8859-1",
        "application/json; charset",
        "application/json; charset=",
        "multipart/form-data; boundary=x",
        "*/*"
      })
  void rejects_body_with_other_content_type(String contentType) {
    for (String path : new String[] {"/v1/orders", "/v1/orders/batch"}) {
      TestResponse response =
          client.post(path, OrderBodies.VALID_ORDER, "Content-Type", contentType);

      assertThat(response.status()).isEqualTo(415);
    }
  }

  @Test
  void reads_json_with_a_byte_order_mark() {
    TestResponse response =
        client
            .withoutRequestChecks()
            .post(
                "/v1/products",
                "\uFEFF{\"sku\": \"BOM\", \"name\": \"Mug\", \"currency\": \"EUR\", \"unitPrice\":"
                    + " \"1\"}",
                "Content-Type",
                "application/json; charset=utf8");

    assertThat(response.status()).isEqualTo(201);
  }

  @Test
  void rejects_body_without_content_type() {
    assertThat(client.post("/v1/orders", OrderBodies.VALID_ORDER, "Accept", "*/*").status())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "nonsense"})
  void rejects_body_with_content_encoding(String encoding) {
    TestResponse response =
        client.post(
            "/v1/orders",
            OrderBodies.VALID_ORDER,
            "Content-Type",
            "application/json",
            "Content-Encoding",
            encoding);

    assertThat(response.status()).isEqualTo(415);
    assertThat(response.at("/detail")).contains("Content-Encoding");
  }
}
