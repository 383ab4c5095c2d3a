package kassa.adapters.http.problem;

import static kassa.adapters.http.OrderBodies.orderWith;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Problems do not echo input: it may be secret, or an attack on another reader. */
class ProblemLeaksNoInputTest {

  private static final String MARKER = "m4rk3r";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "currency",
        "lines",
        "customerId",
        "metadata",
        "customer",
        "shipping",
        "channel",
        "pricesIncludeTax",
        "expectedTotal",
        "priceHash",
        "onInvalidCode",
        "at",
        "rules",
        "policy",
        "sku",
        "quantity",
        "unitPrice",
        "unknown"
      })
  void problem_never_echoes_an_invalid_value(String field) {
    for (String value :
        new String[] {
          "\"%s\\u0000\"", "[\"%s\"]", "{\"a\": {\"b\": \"%s\"}}", "[{\"sku\": [\"%s\"]}]"
        }) {
      assertRejectedWithoutEcho(
          client.post("/v1/orders", orderWith(field, value.formatted(MARKER))));
      assertRejectedWithoutEcho(
          client.post(
              "/v1/orders/batch",
              OrderBodies.batch(orderWith(field, value.formatted(MARKER)), "1")));
      assertRejectedWithoutEcho(
          client.post("/v1/quotes", orderWith(field, value.formatted(MARKER))));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"m4rk3r\": 1}",
        "{\"metadata\": {\"m4rk3r\": 1}}",
        "{\"metadata\": {\"m4rk3r\": \"\\u0000\"}}",
        "{\"metadata\": {\" m4rk3r\": \"\"}}",
        "{\"lines\": [{\"m4rk3r\": 1}]}"
      })
  void unknown_field_name_is_echoed_in_the_pointer_only(String body) {
    TestResponse response = client.post("/v1/orders", body);

    assertThat(response.json().get("errors").findValuesAsString("pointer"))
        .anyMatch(pointer -> pointer.contains(MARKER));
    assertThat(response.body().replaceAll("\"pointer\":\"[^\"]*\"", "")).doesNotContain(MARKER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m4rk3r",
        "{m4rk3r: 1}",
        "{\"a\": m4rk3r}",
        "\"m4rk3r\"",
        "[\"m4rk3r\"]",
        "{\"a\": \"m4rk3r",
        "// m4rk3r",
        "{\"a\": \"\\m4rk3r\"}"
      })
  void problem_never_echoes_a_malformed_body(String body) {
    assertRejectedWithoutEcho(client.post("/v1/orders", body));
  }

  @Test
  void repeated_name_is_echoed_in_the_pointer_only() {
    TestResponse response = client.post("/v1/orders", "{\"m4rk3r\": 1, \"m4rk3r\": 2}");

    assertThat(response.at("/errors/0/pointer")).isEqualTo("/" + MARKER);
    assertThat(response.body().split(MARKER, -1)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET    | /m4rk3r
          GET    | /v1/orders/m4rk3r
          GET    | /v1/orders/1?explain=m4rk3r
          POST   | /v1/orders/m4rk3r/cancel
          POST   | /v1/orders/m4rk3r/pay
          POST   | /v1/orders/1/refunds?dryRun=m4rk3r
          GET    | /v1/orders/m4rk3r/refunds
          POST   | /v1/quotes?units=m4rk3r
          GET    | /v1/orders?limit=m4rk3r
          GET    | /v1/orders?cursor=m4rk3r
          GET    | /health?m4rk3r=m4rk3r
          DELETE | /v1/orders/m4rk3r
          M4RK3R | /health
          """,
      delimiter = '|')
  void problem_never_echoes_path_or_method(String method, String target) {
    assertRejectedWithoutEcho(client.send(method, target, new byte[0]));
  }

  @Test
  void rejected_code_is_echoed_in_the_quote_only() {
    TestResponse response = client.post("/v1/orders", orderWith("codes", "[\"m4rk3r\"]"));

    assertThat(response.at("/quote/rejected/0/code")).isEqualTo(MARKER);
    assertThat(response.body().split(MARKER, -1)).hasSize(2);
  }

  @Test
  void unknown_parameter_is_echoed_by_name_only() {
    TestResponse response = client.get("/v1/orders?m4rk3r=m4rk3r");

    assertThat(response.at("/errors/0/parameter")).isEqualTo(MARKER);
    assertThat(response.body().split(MARKER, -1)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Content-Type",
        "Content-Encoding",
        "Idempotency-Key",
        "If-None-Match",
        "traceparent",
        "Cookie",
        "Authorization",
        "Origin",
        "Referer",
        "User-Agent"
      })
  void problem_never_echoes_a_header(String header) {
    assertRejectedWithoutEcho(client.post("/v1/orders", "{}", header, MARKER));
    assertRejectedWithoutEcho(client.get("/nowhere", header, MARKER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m4rk3r\n\n",
        "GET /%m4rk3r HTTP/1.1\nHost: kassa\n\n",
        "GET / HTTP/1.1\nm4rk3r\n\n",
        "GET / HTTP/1.1\nHost: m4rk3r m4rk3r\n\n",
        "GET / m4rk3r\n\n"
      })
  void problem_never_echoes_malformed_http(String request) {
    try (RawHttpConnection connection = client.openConnection()) {
      assertRejectedWithoutEcho(connection.send(request).readResponseWithoutOperation());
    }
  }

  private static void assertRejectedWithoutEcho(TestResponse response) {
    assertThat(response.body()).doesNotContainIgnoringCase(MARKER);
    assertThat(response.headers().map().toString()).doesNotContainIgnoringCase(MARKER);
    assertThat(response.body()).contains("/problems/");
  }
}
