package kassa.adapters.http;

import static kassa.adapters.http.Bodies.orderWith;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was sent may be a secret of its sender, or made to be shown to somebody else. */
class NothingIsRepeatedTest {

  private static final String MARKER = "m4rk3r";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;

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
  void nothing_of_a_value_is_repeated(String field) {
    for (String value :
        new String[] {
          "\"%s\\u0000\"", "[\"%s\"]", "{\"a\": {\"b\": \"%s\"}}", "[{\"sku\": [\"%s\"]}]"
        }) {
      refuses(client.post("/v1/orders", orderWith(field, value.formatted(MARKER))));
      refuses(
          client.post(
              "/v1/orders/batch", Bodies.batch(orderWith(field, value.formatted(MARKER)), "1")));
      refuses(client.post("/v1/quotes", orderWith(field, value.formatted(MARKER))));
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
  void a_name_is_repeated_in_the_pointer_to_it_and_nowhere_else(String body) {
    Answer answer = client.post("/v1/orders", body);

    assertThat(answer.json().get("errors").findValuesAsString("pointer"))
        .anyMatch(pointer -> pointer.contains(MARKER));
    assertThat(answer.body().replaceAll("\"pointer\":\"[^\"]*\"", "")).doesNotContain(MARKER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m4rk3r",
        "{m4rk3r: 1}",
        "{\"a\": m4rk3r}",
        "{\"m4rk3r\": 1, \"m4rk3r\": 2}",
        "\"m4rk3r\"",
        "[\"m4rk3r\"]",
        "{\"a\": \"m4rk3r",
        "// m4rk3r",
        "{\"a\": \"\\m4rk3r\"}"
      })
  void nothing_of_a_body_that_cannot_be_read_is_repeated(String body) {
    refuses(client.post("/v1/orders", body));
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
  void nothing_of_an_address_or_a_method_is_repeated(String method, String target) {
    refuses(client.send(method, target, new byte[0]));
  }

  @Test
  void a_code_is_repeated_in_the_quote_that_says_it_was_rejected_and_nowhere_else() {
    Answer answer = client.post("/v1/orders", orderWith("codes", "[\"m4rk3r\"]"));

    assertThat(answer.at("/quote/rejected/0/code")).isEqualTo(MARKER);
    assertThat(answer.body().split(MARKER, -1)).hasSize(2);
  }

  @Test
  void the_name_of_a_parameter_is_repeated_as_its_name_and_nowhere_else() {
    Answer answer = client.get("/v1/orders?m4rk3r=m4rk3r");

    assertThat(answer.at("/errors/0/parameter")).isEqualTo(MARKER);
    assertThat(answer.body().split(MARKER, -1)).hasSize(2);
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
  void nothing_of_a_header_is_repeated(String header) {
    refuses(client.post("/v1/orders", "{}", header, MARKER));
    refuses(client.get("/nowhere", header, MARKER));
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
  void nothing_of_what_is_not_HTTP_is_repeated(String request) {
    try (RawConnection connection = client.open()) {
      refuses(connection.send(request).answerOfNoCall());
    }
  }

  private static void refuses(Answer answer) {
    assertThat(answer.body()).doesNotContainIgnoringCase(MARKER);
    assertThat(answer.headers().map().toString()).doesNotContainIgnoringCase(MARKER);
    assertThat(answer.body()).contains("/problems/");
  }
}
