package kassa.adapters.http.jetty;

import static kassa.adapters.http.HttpTestUsers.loginBody;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code X-Forwarded-*} headers are used only if a trusted proxy sends them. */
class TrustedProxyCustomizerTest {

  @AutoClose
  private final TestServer serverBehindProxies =
      TestServer.startBehindProxies("127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48");

  @AutoClose
  private final TestServer serverWithoutProxies = TestServer.startBehindProxies("10.0.0.0/8");

  @BeforeEach
  void register() {
    for (TestServer server : List.of(serverBehindProxies, serverWithoutProxies)) {
      server.client.post("/v1/auth/register", loginBody("ann@example.com", HttpTestUsers.PASSWORD));
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
                                             | 127.0.0.1
          203.0.113.9                        | 203.0.113.9
          203.0.113.9:4711                   | 203.0.113.9
          198.51.100.1, 203.0.113.9          | 203.0.113.9
          198.51.100.1,203.0.113.9 , 10.0.0.7| 203.0.113.9
          203.0.113.9, 10.1.2.3, 10.0.0.7    | 203.0.113.9
          10.1.2.3, 10.0.0.7                 | 10.1.2.3
          2001:DB8::1                        | 2001:db8:0:0:0:0:0:1
          [2001:db8::1]                      | 2001:db8:0:0:0:0:0:1
          [2001:db8::1]:443                  | 2001:db8:0:0:0:0:0:1
          2001:db8::1, 2001:db8:1:2::3       | 2001:db8:0:0:0:0:0:1
          ::ffff:203.0.113.9                 | 203.0.113.9
          ''                                 | 127.0.0.1
          unknown                            | 127.0.0.1
          localhost                          | 127.0.0.1
          kassa.example                      | 127.0.0.1
          203.0.113.999                      | 127.0.0.1
          203.0.113                          | 127.0.0.1
          3405803785                         | 127.0.0.1
          0x7f.0.0.1                         | 127.0.0.1
          fe80::1%1                          | 127.0.0.1
          203.0.113.9,                       | 127.0.0.1
          203.0.113.9, junk, 10.0.0.7        | 127.0.0.1
          junk, 203.0.113.9                  | 203.0.113.9
          for=203.0.113.9                    | 127.0.0.1
          """,
      delimiter = '|')
  void forwarded_for_of_a_trusted_proxy_is_used(@Nullable String forwarded, String address) {
    assertThat(addressOf(serverBehindProxies, forwarded)).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({"203.0.113.9", "10.0.0.7", "junk"})
  void forwarded_headers_of_untrusted_peers_are_ignored(String forwarded) {
    assertThat(addressOf(serverWithoutProxies, forwarded)).isEqualTo("127.0.0.1");
  }

  @Test
  void last_of_several_forwarded_headers_is_used() {
    TestResponse response =
        signIn(
            serverBehindProxies,
            "X-Forwarded-For",
            "198.51.100.1",
            "X-Forwarded-For",
            "203.0.113.9");

    assertThat(response.at("/session/address")).isEqualTo("203.0.113.9");
  }

  @Test
  void failed_logins_behind_a_proxy_throttle_only_that_client() {
    try (TestServer server = TestServer.startBehindProxies("127.0.0.1")) {
      server.client.post("/v1/auth/register", loginBody("ann@example.com", HttpTestUsers.PASSWORD));
      for (int i = 0; i < 20; i++) {
        assertThat(failLogin(server, i, "203.0.113.9").status()).isEqualTo(401);
      }

      assertThat(failLogin(server, 20, "203.0.113.9").status()).isEqualTo(429);
      assertThat(failLogin(server, 21, "203.0.113.10").status()).isEqualTo(401);
      assertThat(signIn(server, "X-Forwarded-For", "203.0.113.11").status()).isEqualTo(200);
      assertThat(server.client.get("/v1/audit").body())
          .contains("\"203.0.113.9\"", "\"203.0.113.10\"", "\"203.0.113.11\"");
    }
  }

  @Test
  void denied_calls_are_audited_with_the_client_address() {
    String token = signIn(serverBehindProxies).at("/token");
    String[] headers = {"Authorization", "Bearer " + token, "X-Forwarded-For", "203.0.113.77"};

    assertThat(serverBehindProxies.client.get("/v1/users", headers).status()).isEqualTo(403);

    assertThat(
            serverBehindProxies
                .client
                .get("/v1/audit")
                .json()
                .get("data")
                .valueStream()
                .filter(event -> event.get("type").stringValue().equals("access_denied"))
                .map(event -> event.get("address").stringValue()))
        .containsExactly("203.0.113.77");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
                       | false
          https        | true
          HTTPS        | true
          http         | false
          'https,http' | false
          'http, https'| true
          ''           | false
          wss          | false
          """,
      delimiter = '|')
  void forwarded_proto_of_a_trusted_proxy_is_used(@Nullable String protocol, boolean secure) {
    TestResponse response = signInWithCookie(serverBehindProxies, protocol);

    assertThat(response.header("Set-Cookie").contains("; Secure")).isEqualTo(secure);
    assertThat(response.has("Strict-Transport-Security")).isEqualTo(secure);
    assertThat(signInWithCookie(serverWithoutProxies, protocol).header("Set-Cookie"))
        .doesNotContain("; Secure");
  }

  private static String addressOf(TestServer server, @Nullable String forwarded) {
    return forwarded == null
        ? signIn(server).at("/session/address")
        : signIn(server, "X-Forwarded-For", forwarded).at("/session/address");
  }

  private static TestResponse signIn(TestServer server, String... headers) {
    return post(server, loginBody("ann@example.com", HttpTestUsers.PASSWORD), headers);
  }

  private static TestResponse signInWithCookie(TestServer server, @Nullable String protocol) {
    String body =
        loginBody("ann@example.com", HttpTestUsers.PASSWORD).replace("}", ", \"cookie\": true}");
    return protocol == null
        ? post(server, body)
        : post(server, body, "X-Forwarded-Proto", protocol);
  }

  private static TestResponse failLogin(TestServer server, int number, String address) {
    return post(server, loginBody("a" + number + "@example.com", "x"), "X-Forwarded-For", address);
  }

  private static TestResponse post(TestServer server, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", "application/json"));
    all.addAll(List.of(headers));
    return server.client.post("/v1/auth/login", body, all.toArray(String[]::new));
  }
}
