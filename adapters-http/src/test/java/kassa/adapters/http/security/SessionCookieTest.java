package kassa.adapters.http.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {

  private static final String CUSTOMER_CREDENTIALS =
      """
      {"email": "ann@example.com", "password": "a horse on the stairs", "cookie": true}
      """;

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @BeforeEach
  void register() {
    client.post("/v1/auth/register", CUSTOMER_CREDENTIALS.replace(", \"cookie\": true", ""));
  }

  @Test
  void token_is_only_in_the_session_cookie() {
    TestResponse response = client.post("/v1/auth/login", CUSTOMER_CREDENTIALS);

    assertThat(response.header("Set-Cookie"))
        .matches("kassa=[^;]+; Path=/; HttpOnly; SameSite=Strict");
    assertThat(response.json().has("token")).isFalse();
    assertThat(response.body()).doesNotContain(token(response));
  }

  @Test
  void no_cookie_unless_requested() {
    TestResponse response = HttpTestUsers.signIn(client, "ann@example.com");

    assertThat(response.has("Set-Cookie")).isFalse();
  }

  @Test
  void cookie_is_secure_except_on_localhost() {
    try (RawHttpConnection connection = client.openConnection()) {
      TestResponse response =
          connection
              .send(
                  """
                  POST /v1/auth/login HTTP/1.1
                  Host: shop.example
                  Content-Type: application/json
                  Content-Length: %s

                  %s\
                  """
                      .formatted(CUSTOMER_CREDENTIALS.getBytes(UTF_8).length, CUSTOMER_CREDENTIALS))
              .readResponse("POST", "/v1/auth/login");

      assertThat(response.header("Set-Cookie"))
          .matches("__Host-kassa=[^;]+; Secure; Path=/; HttpOnly; SameSite=Strict");
      String token = token(response);
      assertThat(read(connection, "shop.example", "__Host-kassa=" + token)).isEqualTo(200);
      assertThat(read(connection, "shop.example", "a=b; __Host-kassa=" + token + "; c=d"))
          .isEqualTo(200);
      assertThat(read(connection, "shop.example", "kassa=" + token)).isEqualTo(401);
      assertThat(read(connection, "localhost", "__Host-kassa=" + token)).isEqualTo(401);
      assertThat(read(connection, "localhost", "kassa=" + token)).isEqualTo(200);
      assertThat(read(connection, "[::1]", "kassa=" + token)).isEqualTo(200);
      assertThat(read(connection, "localhost", "kassa=" + token + "; kassa=" + token))
          .isEqualTo(401);
      assertThat(read(connection, "localhost", "kassa=")).isEqualTo(401);
      assertThat(read(connection, "localhost", "kassa")).isEqualTo(401);
    }
  }

  private static int read(RawHttpConnection connection, String host, String cookie) {
    return connection
        .send("GET /v1/sessions HTTP/1.1\nHost: %s\nCookie: %s\n\n".formatted(host, cookie))
        .readResponse("GET", "/v1/sessions")
        .status();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          same-origin |                       | 204
          none        |                       | 204
          same-site   |                       | 403
          cross-site  |                       | 403
          cross-site  | http://localhost:PORT | 403
          same-origin | https://evil.example  | 204
          nonsense    |                       | 403
                      | http://localhost:PORT | 204
                      | https://localhost:PORT| 204
                      | http://LOCALHOST:PORT | 204
                      | http://localhost      | 403
                      | http://localhost:1    | 403
                      | http://localhost:PORT.evil.example | 403
                      | http://localhost.evil.example:PORT | 403
                      | http://evil.example/localhost:PORT | 403
                      | localhost:PORT        | 403
                      | ftp://localhost:PORT  | 403
                      | https://evil.example  | 403
                      | null                  | 403
                      |                       | 403
          """,
      delimiter = '|')
  void csrf_protection_allows_only_same_origin_changes(String site, String origin, int status) {
    String token = token(client.post("/v1/auth/login", CUSTOMER_CREDENTIALS));
    List<String> lines = new ArrayList<>();
    lines.add("DELETE /v1/sessions HTTP/1.1");
    lines.add("Host: localhost:" + server.http.port());
    lines.add("Cookie: kassa=" + token);
    if (site != null) {
      lines.add("Sec-Fetch-Site: " + site);
    }
    if (origin != null) {
      lines.add("Origin: " + origin.replace("PORT", "" + server.http.port()));
    }

    try (RawHttpConnection connection = client.openConnection()) {
      TestResponse response =
          connection.send(String.join("\n", lines) + "\n\n").readResponse("DELETE", "/v1/sessions");

      assertThat(response.status()).isEqualTo(status);
      if (status == 403) {
        assertThat(response.at("/code")).isEqualTo("csrf_rejected");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void csrf_protection_allows_safe_methods_from_any_site(String method) {
    String token = token(client.post("/v1/auth/login", CUSTOMER_CREDENTIALS));

    TestResponse response =
        client.send(
            method,
            "/v1/sessions",
            new byte[0],
            "Cookie",
            "kassa=" + token,
            "Sec-Fetch-Site",
            "cross-site");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.has("Access-Control-Allow-Origin")).isFalse();
  }

  @Test
  void authorization_header_takes_precedence_over_cookie() {
    String token = token(client.post("/v1/auth/login", CUSTOMER_CREDENTIALS));
    TestResponse other = HttpTestUsers.signIn(client, "ann@example.com");
    String[] both = {
      "Cookie",
      "kassa=" + token,
      "Authorization",
      "Bearer " + other.at("/token"),
      "Sec-Fetch-Site",
      "cross-site"
    };

    assertThat(client.delete("/v1/sessions", both).status()).isEqualTo(204);
    assertThat(client.get("/v1/sessions", "Cookie", "kassa=" + token).status()).isEqualTo(401);
    both[3] = "Bearer m4rk3r";
    assertThat(client.get("/v1/sessions", both).status()).isEqualTo(401);
  }

  @Test
  void cross_site_login_gets_no_cookie() {
    String[] crossSite = {
      "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site", "Cookie", "a=b"
    };

    TestResponse response = client.post("/v1/auth/login", CUSTOMER_CREDENTIALS, crossSite);

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.has("Set-Cookie")).isFalse();
  }

  @Test
  void password_change_sets_a_new_cookie_without_body() {
    String token = token(client.post("/v1/auth/login", CUSTOMER_CREDENTIALS));

    TestResponse response =
        client.post(
            "/v1/auth/password",
            "{\"current\": \"a horse on the stairs\", \"new\": \"a cow in the attic\"}",
            "Content-Type",
            "application/json",
            "Cookie",
            "kassa=" + token,
            "Sec-Fetch-Site",
            "same-origin");

    assertThat(response.status()).isEqualTo(204);
    assertThat(token(response)).isNotEqualTo(token);
    assertThat(client.get("/v1/sessions", "Cookie", "kassa=" + token).status()).isEqualTo(401);
    assertThat(client.get("/v1/sessions", "Cookie", "kassa=" + token(response)).status())
        .isEqualTo(200);
  }

  @Test
  void logout_clears_the_cookie_for_same_origin_only() {
    String token = token(client.post("/v1/auth/login", CUSTOMER_CREDENTIALS));
    String cookie = "kassa=" + token;

    TestResponse crossSite =
        client.post("/v1/auth/logout", "", "Cookie", cookie, "Sec-Fetch-Site", "cross-site");
    assertThat(crossSite.status()).isEqualTo(403);
    assertThat(client.get("/v1/sessions", "Cookie", cookie).status()).isEqualTo(200);

    TestResponse sameOrigin =
        client.post("/v1/auth/logout", "", "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
    assertThat(sameOrigin.status()).isEqualTo(204);
    assertThat(sameOrigin.header("Set-Cookie"))
        .isEqualTo("kassa=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict");
    assertThat(client.get("/v1/sessions", "Cookie", cookie).status()).isEqualTo(401);
  }

  private static String token(TestResponse response) {
    return response.header("Set-Cookie").replaceFirst("^(?:__Host-)?kassa=([^;]+);.*$", "$1");
  }
}
