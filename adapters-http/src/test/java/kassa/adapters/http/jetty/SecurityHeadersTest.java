package kassa.adapters.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpLimits;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

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
  void every_response_has_security_headers(String method, String target, int status) {
    TestResponse answer = client.send(method, target, new byte[0]);

    assertThat(answer.status()).isEqualTo(status);
    assertSecurityHeaders(answer);
  }

  @Test
  void unauthenticated_response_has_security_headers() {
    TestResponse answer = client.get("/v1/orders", "Authorization", "none");

    assertThat(answer.status()).isEqualTo(401);
    assertSecurityHeaders(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\n\n",
        "GET /health HTTP/1.1\n\n",
        "GET /v1/orders/%zz HTTP/1.1\nHost: kassa\n\n",
        "GET //health HTTP/1.1\nHost: kassa\n\n"
      })
  void malformed_http_response_has_security_headers(String request) {
    try (RawHttpConnection connection = client.openConnection()) {
      assertSecurityHeaders(connection.send(request).responseWithoutOperation());
    }
  }

  @Test
  void too_large_headers_response_has_security_headers() {
    String request = "GET /health HTTP/1.1\nHost: kassa\nX: " + "a".repeat(10_000) + "\n\n";

    try (RawHttpConnection connection = client.openConnection()) {
      assertSecurityHeaders(connection.send(request).responseWithoutOperation());
    }
  }

  @Test
  void load_shedding_response_has_security_headers() {
    try (TestServer crowded =
            TestServer.startWithLimits(new HttpLimits(1, 1, 10), useCases -> useCases);
        RawHttpConnection holding = crowded.client.openConnection()) {
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

      TestResponse answer = crowded.client.get("/v1/orders");

      assertThat(answer.status()).isEqualTo(503);
      assertSecurityHeaders(answer);
    }
  }

  @Test
  void cors_is_disabled_by_default() {
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
  void docs_page_has_its_own_content_security_policy() {
    TestResponse answer = client.get("/docs");

    assertThat(answer.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertNoCors(answer);
  }

  private static void assertSecurityHeaders(TestResponse answer) {
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

  private static void assertNoCors(TestResponse answer) {
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }
}
