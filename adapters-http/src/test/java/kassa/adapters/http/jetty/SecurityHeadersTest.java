package kassa.adapters.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import kassa.adapters.http.BlockedOrderPlacement;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpLimits;
import kassa.adapters.http.OrderBodies;
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
    TestResponse response = client.send(method, target, new byte[0]);

    assertThat(response.status()).isEqualTo(status);
    assertSecurityHeaders(response);
  }

  @Test
  void unauthenticated_response_has_security_headers() {
    TestResponse response = client.get("/v1/orders", "Authorization", "none");

    assertThat(response.status()).isEqualTo(401);
    assertSecurityHeaders(response);
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
      assertSecurityHeaders(connection.send(request).readResponseWithoutOperation());
    }
  }

  @Test
  void too_large_headers_response_has_security_headers() {
    String request = "GET /health HTTP/1.1\nHost: kassa\nX: " + "a".repeat(10_000) + "\n\n";

    try (RawHttpConnection connection = client.openConnection()) {
      assertSecurityHeaders(connection.send(request).readResponseWithoutOperation());
    }
  }

  @Test
  void load_shedding_response_has_security_headers() throws Exception {
    BlockedOrderPlacement placement = new BlockedOrderPlacement(1);
    try (TestServer overloaded =
        TestServer.startWithLimits(
            new HttpLimits(1, 1, 10, 10, TestServer.BATCH_DEADLINE), placement::replaceIn)) {
      CompletableFuture<TestResponse> placed =
          overloaded.client.postAsync("/v1/orders", OrderBodies.VALID_ORDER);
      placement.awaitStarted();

      TestResponse response = overloaded.client.get("/v1/orders");

      assertThat(response.status()).isEqualTo(503);
      assertSecurityHeaders(response);
      placement.release();
      assertThat(placed.get().status()).isEqualTo(201);
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
    TestResponse response = client.get("/docs");

    assertThat(response.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(response.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertNoCors(response);
  }

  private static void assertSecurityHeaders(TestResponse response) {
    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(response.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
    assertThat(response.has("Strict-Transport-Security")).isFalse();
    assertThat(response.has("Server")).isFalse();
    assertNoCors(response);
  }

  private static void assertNoCors(TestResponse response) {
    assertThat(response.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }
}
