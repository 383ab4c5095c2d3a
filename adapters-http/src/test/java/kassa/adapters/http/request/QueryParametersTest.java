package kassa.adapters.http.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OpenApiContract;
import kassa.adapters.http.OpenApiContract.Operation;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class QueryParametersTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @ParameterizedTest
  @CsvSource({
    "limit=%, ?limit",
    "limit=%1, ?limit",
    "limit=%zz, ?limit",
    "limit=%DC, ?limit",
    "sku=%DC, ?sku",
    "sku=a%C3, ?sku",
    "sku=%C0%AF, ?sku",
    "sku=%ED%A0%80, ?sku",
    "cursor=%-1, ?cursor",
    "%zz=1, ?*",
    "limit=1&%DC, ?*",
  })
  void rejects_parameters_that_are_not_percent_encoded_utf_8(String query, String parameter) {
    assertThat(send("/v1/orders?" + query).violations()).containsExactly(parameter + " malformed");
  }

  @Test
  void rejects_a_query_with_raw_bytes_that_are_not_utf_8() {
    try (RawHttpConnection connection = client.openConnection()) {
      String request =
          "GET /v1/orders?sku=\u00dc HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TestServer.ADMIN_TOKEN
              + "\r\n\r\n";
      TestResponse response =
          connection.send(request.getBytes(ISO_8859_1)).readResponse("GET", "/v1/orders");

      assertThat(response.status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%DC", "a%C3", "%C0%AF", "%ED%A0%80", "%zz", "%"})
  void rejects_paths_that_are_not_percent_encoded_utf_8(String sku) {
    assertThat(send("/v1/products/" + sku).status()).isEqualTo(400);
  }

  @Test
  void decodes_percent_encoded_utf_8() {
    assertThat(client.get("/v1/orders?sku=%C3%9C+%F0%9F%98%80%2B").status()).isEqualTo(200);
    assertThat(client.get("/v1/orders?limit=%31&limit").violations())
        .containsExactly("?limit repeated_parameter");
  }

  /** A control character is valid in no parameter. */
  @ParameterizedTest
  @MethodSource("operationsWithParameters")
  void reports_the_invalid_values_of_all_parameters_together(Operation operation) {
    List<String> names = parameters(operation);
    String query = names.stream().map(name -> name + "=%07").collect(joining("&"));

    TestResponse response =
        client.send(
            operation.method(),
            operation.path().replace("{id}", "x") + "?" + query,
            "{}".getBytes(UTF_8),
            "Content-Type",
            "application/json");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations())
        .extracting(violation -> violation.substring(0, violation.indexOf(' ')))
        .containsExactlyInAnyOrderElementsOf(names.stream().map(name -> "?" + name).toList());
  }

  static List<Operation> operationsWithParameters() {
    List<Operation> operations =
        OpenApiContract.KASSA.operations().stream()
            .filter(operation -> !parameters(operation).isEmpty())
            .toList();
    assertThat(operations).hasSizeGreaterThan(10);
    return operations;
  }

  /** Returns the query parameters; cursors have an error of their own. */
  private static List<String> parameters(Operation operation) {
    JsonNode document = OpenApiContract.KASSA.document();
    return document
        .at(operation.pointer() + "/parameters")
        .valueStream()
        .map(parameter ->
            parameter.has("$ref")
                ? document.at(parameter.get("$ref").stringValue().substring(1))
                : parameter)
        .filter(parameter -> parameter.get("in").stringValue().equals("query"))
        .map(parameter -> parameter.get("name").stringValue())
        .filter(name -> !name.equals("cursor") && !name.equals("after"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/orders?placedFrom=2026-06-15T12:00:00.1234567Z, ",
    "/v1/orders?placedTo=2026-06-15T12:00:00%2B02:00, ",
    "/v1/orders?placedTo=2026-06-15T12:00:00+02:00, %2B",
    "/v1/reports/sales?groupBy=day&from=2026-06-15T12:00:00+02:00, %2B",
    "/v1/orders?placedTo=2026-06-15T12:00:00-0200, colon",
  })
  void reads_rfc_3339_times(String path, @Nullable String hint) {
    TestResponse response = client.get(path);

    if (hint == null) {
      assertThat(response.status()).isEqualTo(200);
    } else {
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.at("/errors/0/detail")).contains(hint);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain; charset=nonsense", "a; charset", "a; charset=utf-16"})
  void ignores_content_type_when_reading_the_query(String contentType) {
    assertThat(client.get("/v1/orders?limit=0", "Content-Type", contentType).violations())
        .containsExactly("?limit out_of_range");
    assertThat(client.get("/health", "Content-Type", contentType).status()).isEqualTo(200);
  }

  private TestResponse send(String target) {
    try (RawHttpConnection connection = client.openConnection()) {
      return connection
          .send("GET " + target + " HTTP/1.1\nHost: kassa\n\n")
          .readResponse("GET", target.startsWith("/v1/orders") ? "/v1/orders" : "/v1/products/x");
    }
  }
}
