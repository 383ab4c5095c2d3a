package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kassa.adapters.http.OpenApiContract.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract check fails for every kind of invalid request and response. */
class OpenApiContractTest {

  private static final String HEALTH = "{\"message\": \"Service is healthy\", \"status\": 200}";
  private static final String PROBLEM =
      """
      {"type": "/problems/not-found", "title": "Not found", "status": 404,
       "code": "not_found", "detail": "The path does not exist.", "errors": [], "requestId": "r-1"}
      """;

  private final OpenApiContract contract = OpenApiContract.KASSA;
  private final Map<String, String> headers = new HashMap<>();

  OpenApiContractTest() {
    headers.put("X-Request-Id", "r-1");
  }

  @Test
  void documented_response_passes() {
    assertThatCode(() -> check("/health", 200, "application/json", HEALTH))
        .doesNotThrowAnyException();
    assertThatCode(() -> check("/nowhere", 404, "application/problem+json", PROBLEM))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"message\": \"Service is healthy\"}",
        "{\"message\": \"Service is healthy\", \"status\": \"200\"}",
        "{\"message\": \"Service is healthy\", \"status\": 201}",
        "{\"message\": \"Service is healthy\", \"status\": 200, \"more\": 1}"
      })
  void body_that_violates_the_schema_fails(String body) {
    fails("/health", 200, "application/json", body, "breaks the contract");
  }

  @Test
  void malformed_json_body_fails() {
    assertThatCode(() -> check("/health", 200, "application/json", HEALTH + "}"))
        .isInstanceOf(RuntimeException.class);
    assertThatCode(() -> check("/health", 200, "application/json", "{\"a\": 1, \"a\": 1}"))
        .isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @CsvSource({"/health, 201", "/health, 503", "/v1/orders, 404", "/docs, 302"})
  void undocumented_status_fails(String path, int status) {
    fails(path, status, "application/json", HEALTH, "the contract has no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/problem+json", "application/json2"})
  void undocumented_content_type_fails(String contentType) {
    fails("/health", 200, contentType, HEALTH, "Content-Type should be");
  }

  @Test
  void charset_other_than_utf_8_fails() {
    fails("/health", 200, "application/json;charset=iso-8859-1", HEALTH, "UTF-8");
  }

  @Test
  void missing_header_fails() {
    headers.clear();

    fails("/health", 200, "application/json", HEALTH, "missing required header X-Request-Id");
  }

  @Test
  void header_that_violates_the_schema_fails() {
    headers.put("X-Request-Id", "not valid");

    fails("/health", 200, "application/json", HEALTH, "breaks the contract");
  }

  @Test
  void unexpected_body_fails() {
    headers.put("ETag", "\"1\"");

    fails("/v1/orders/1", 304, "application/json", HEALTH, "no body expected");
  }

  @Test
  void invalid_format_fails() {
    String order = order().replace("2026-06-15T12:00:00.123456Z", "15 June 2026");

    assertThatCode(() -> check("/v1/orders", 200, "application/json", page(order())))
        .doesNotThrowAnyException();
    fails("/v1/orders", 200, "application/json", page(order), "date-time");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "status": 404        | "status": 405         | inconsistent
          /problems/not-found  | /problems/not-here    | inconsistent
          "r-1"                | "r-2"                 | inconsistent
          "not_found"          | "no_such_code"        | breaks the contract
          The path does not exist. | java.io.IOException | implementation details
          The path does not exist. | at kassa.domain.x   | implementation details
          """,
      delimiter = '|',
      quoteCharacter = '\'')
  void invalid_problem_fails(String good, String bad, String reason) {
    fails("/nowhere", 404, "application/problem+json", PROBLEM.replace(good, bad), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"currency\": \"USD\", \"lines\": []}",
        "{\"currency\": \"usd\", \"lines\": [{\"sku\": \"A\", \"quantity\": 1, \"unitPrice\":"
            + " \"1\"}]}",
        "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"A\", \"quantity\": 1, \"unitPrice\": 1}]}",
        "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"A\", \"quantity\": 0, \"unitPrice\":"
            + " \"1\"}]}"
      })
  void request_that_violates_the_schema_fails(String body) {
    Operation place = contract.operation("POST", "/v1/orders").orElseThrow();

    assertThatCode(() -> contract.checkRequest(place, "application/json", OrderBodies.VALID_ORDER))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> contract.checkRequest(place, "application/json", body))
        .withMessageContaining("breaks the contract");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET    | /v1/orders       | /v1/orders
          HEAD   | /v1/orders       | /v1/orders
          POST   | /v1/orders/batch | /v1/orders/batch
          GET    | /v1/orders/batch | /v1/orders/{id}
          GET    | /v1/orders/1     | /v1/orders/{id}
          GET    | /v1/orders/1/2   | none
          GET    | /v1/orders/      | none
          DELETE | /v1/orders       | none
          """,
      delimiter = '|')
  void request_path_is_matched_to_its_operation(String method, String path, String operation) {
    assertThat(contract.operation(method, path).map(Operation::path).orElse("none"))
        .isEqualTo(operation);
  }

  @Test
  void invalid_openapi_document_fails() {
    assertThat(
            OpenApiSpecification.violationsOf(
                TestJson.read("{\"openapi\": \"3.0.1\", \"path\": {}}")))
        .containsExactlyInAnyOrder(
            " must not contain path",
            " has no info",
            " has no paths",
            "/openapi should match 3\\.1\\.[0-9]+",
            "/info has no title",
            "/info has no version",
            "/info/license has no name");
  }

  private void fails(String path, int status, String contentType, String body, String reason) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> check(path, status, contentType, body))
        .withMessageContaining(reason);
  }

  private void check(String path, int status, String contentType, String body) {
    headers.put("Content-Type", contentType);
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    contract.check(
        "GET", path, new TestResponse(status, HttpHeaders.of(lists, (name, value) -> true), body));
  }

  private static String order() {
    return OpenApiContract.KASSA
        .document()
        .at("/paths/~1v1~1orders~1{id}/get/responses/200/content/application~1json/examples")
        .path("ten")
        .path("value")
        .toString();
  }

  private static String page(String order) {
    return "{\"data\": [" + order + "], \"nextCursor\": null}";
  }
}
