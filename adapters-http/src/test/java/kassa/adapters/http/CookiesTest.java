package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookiesTest {

  private static final String ANN =
      """
      {"email": "ann@example.com", "password": "a horse on the stairs", "cookie": true}
      """;

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @BeforeEach
  void register() {
    client.post("/v1/auth/register", ANN.replace(", \"cookie\": true", ""));
  }

  @Test
  void the_token_is_in_the_cookie_and_nowhere_else() {
    Answer answer = client.post("/v1/auth/login", ANN);

    assertThat(answer.header("Set-Cookie"))
        .matches("kassa=[^;]+; Path=/; HttpOnly; SameSite=Strict");
    assertThat(answer.json().has("token")).isFalse();
    assertThat(answer.body()).doesNotContain(token(answer));
  }

  @Test
  void without_being_asked_for_there_is_none() {
    Answer answer = People.signedIn(client, "ann@example.com");

    assertThat(answer.has("Set-Cookie")).isFalse();
  }

  @Test
  void on_a_host_that_is_not_one_s_own_computer_it_is_for_TLS_alone() {
    try (RawConnection connection = client.open()) {
      Answer answer =
          connection
              .send(
                  """
                  POST /v1/auth/login HTTP/1.1
                  Host: shop.example
                  Content-Type: application/json
                  Content-Length: %d

                  %s\
                  """
                      .formatted(ANN.getBytes(UTF_8).length, ANN))
              .answer("POST", "/v1/auth/login");

      assertThat(answer.header("Set-Cookie"))
          .matches("__Host-kassa=[^;]+; Secure; Path=/; HttpOnly; SameSite=Strict");
      String token = token(answer);
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

  private static int read(RawConnection connection, String host, String cookie) {
    return connection
        .send("GET /v1/sessions HTTP/1.1\nHost: %s\nCookie: %s\n\n".formatted(host, cookie))
        .answer("GET", "/v1/sessions")
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
  void only_pages_of_the_same_origin_change_anything(String site, String origin, int status) {
    String token = token(client.post("/v1/auth/login", ANN));
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

    try (RawConnection connection = client.open()) {
      Answer answer =
          connection.send(String.join("\n", lines) + "\n\n").answer("DELETE", "/v1/sessions");

      assertThat(answer.status()).isEqualTo(status);
      if (status == 403) {
        assertThat(answer.at("/code")).isEqualTo("cross_site");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void any_page_may_ask_for_what_changes_nothing_and_cannot_read_it(String method) {
    String token = token(client.post("/v1/auth/login", ANN));

    Answer answer =
        client.send(
            method,
            "/v1/sessions",
            new byte[0],
            "Cookie",
            "kassa=" + token,
            "Sec-Fetch-Site",
            "cross-site");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.has("Access-Control-Allow-Origin")).isFalse();
  }

  @Test
  void a_header_wins_and_may_come_from_anywhere() {
    String token = token(client.post("/v1/auth/login", ANN));
    Answer other = People.signedIn(client, "ann@example.com");
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
  void a_page_of_another_site_gets_no_cookie() {
    String[] elsewhere = {
      "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site", "Cookie", "a=b"
    };

    Answer answer = client.post("/v1/auth/login", ANN, elsewhere);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.has("Set-Cookie")).isFalse();
  }

  @Test
  void a_new_password_comes_with_a_new_cookie_and_no_body() {
    String token = token(client.post("/v1/auth/login", ANN));

    Answer answer =
        client.post(
            "/v1/auth/password",
            "{\"current\": \"a horse on the stairs\", \"new\": \"a cow in the attic\"}",
            "Content-Type",
            "application/json",
            "Cookie",
            "kassa=" + token,
            "Sec-Fetch-Site",
            "same-origin");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(token(answer)).isNotEqualTo(token);
    assertThat(client.get("/v1/sessions", "Cookie", "kassa=" + token).status()).isEqualTo(401);
    assertThat(client.get("/v1/sessions", "Cookie", "kassa=" + token(answer)).status())
        .isEqualTo(200);
  }

  @Test
  void signing_out_clears_it_and_is_for_our_pages_alone() {
    String token = token(client.post("/v1/auth/login", ANN));
    String cookie = "kassa=" + token;

    Answer elsewhere =
        client.post("/v1/auth/logout", "", "Cookie", cookie, "Sec-Fetch-Site", "cross-site");
    assertThat(elsewhere.status()).isEqualTo(403);
    assertThat(client.get("/v1/sessions", "Cookie", cookie).status()).isEqualTo(200);

    Answer here =
        client.post("/v1/auth/logout", "", "Cookie", cookie, "Sec-Fetch-Site", "same-origin");
    assertThat(here.status()).isEqualTo(204);
    assertThat(here.header("Set-Cookie"))
        .isEqualTo("kassa=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict");
    assertThat(client.get("/v1/sessions", "Cookie", cookie).status()).isEqualTo(401);
  }

  private static String token(Answer answer) {
    return answer.header("Set-Cookie").replaceFirst("^(?:__Host-)?kassa=([^;]+);.*$", "$1");
  }
}
