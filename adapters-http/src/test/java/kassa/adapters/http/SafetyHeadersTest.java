package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetyHeadersTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET    | /health       | 200
          GET    | /v1/orders    | 200
          HEAD   | /v1/orders    | 200
          GET    | /v1/orders/1  | 404
          GET    | /nowhere      | 404
          DELETE | /v1/orders    | 405
          POST   | /v1/orders    | 415
          GET    | /health?a=b   | 400
          POST   | /v1/auth/logout | 204
          GET    | /v1/orders/export | 200
          GET    | /v1/users     | 200
          GET    | /v1/api-keys  | 200
          GET    | /v1/audit     | 200
          OPTIONS | /v1/orders   | 405
          """,
      delimiter = '|')
  void stand_on_every_answer(String method, String target, int status) {
    Answer answer = client.send(method, target, new byte[0]);

    assertThat(answer.status()).isEqualTo(status);
    assertSafe(answer);
  }

  @Test
  void stand_on_an_answer_to_nobody() {
    Answer answer = client.get("/v1/orders", "Authorization", "none");

    assertThat(answer.status()).isEqualTo(401);
    assertSafe(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\n\n",
        "GET /health HTTP/1.1\n\n",
        "GET /v1/orders/%zz HTTP/1.1\nHost: kassa\n\n",
        "GET //health HTTP/1.1\nHost: kassa\n\n"
      })
  void stand_on_an_answer_to_what_is_not_HTTP(String request) {
    try (RawConnection connection = client.open()) {
      assertSafe(connection.send(request).answerOfNoCall());
    }
  }

  @Test
  void stand_on_a_refusal_of_headers_that_are_too_large() {
    String request = "GET /health HTTP/1.1\nHost: kassa\nX: " + "a".repeat(10_000) + "\n\n";

    try (RawConnection connection = client.open()) {
      assertSafe(connection.send(request).answerOfNoCall());
    }
  }

  @Test
  void stand_on_a_refusal_that_there_is_no_place() {
    try (TestServer crowded =
            TestServer.within(new HttpServer.Limits(1, 1, 10), useCases -> useCases);
        RawConnection holding = crowded.client.open()) {
      holding
          .send(
              """
              POST /v1/orders HTTP/1.1
              Host: kassa
              Content-Type: application/json
              Content-Length: 2
              Expect: 100-continue

              """)
          .awaitContinue();

      Answer answer = crowded.client.get("/v1/orders");

      assertThat(answer.status()).isEqualTo(503);
      assertSafe(answer);
    }
  }

  @Test
  void no_other_origin_is_let_in() {
    String[] preflight = {
      "Origin",
      "https://evil.example",
      "Access-Control-Request-Method",
      "POST",
      "Access-Control-Request-Headers",
      "authorization, content-type"
    };

    assertNoCors(client.send("OPTIONS", "/v1/orders", new byte[0], preflight));
    assertNoCors(client.get("/v1/orders", preflight));
    assertNoCors(client.get("/health", preflight));
  }

  @Test
  void the_page_of_the_contract_has_a_policy_of_its_own() {
    Answer answer = client.get("/docs");

    assertThat(answer.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertNoCors(answer);
  }

  private static void assertSafe(Answer answer) {
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.has("Strict-Transport-Security")).isFalse();
    assertThat(answer.has("Server")).isFalse();
    assertNoCors(answer);
  }

  private static void assertNoCors(Answer answer) {
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }
}
