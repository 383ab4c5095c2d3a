package kassa.adapters.http.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestCertificates;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.TlsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"EC, HTTP_2", "EC, HTTP_1_1", "RSA, HTTP_2", "RSA, HTTP_1_1"})
  void serves_http_1_1_and_http_2_over_tls(String algorithm, HttpClient.Version version)
      throws Exception {
    KeyStore keys = TestCertificates.shared(algorithm);

    try (TestServer server = TestServer.startWith(TestCertificates.write(folder, keys));
        HttpClient client = TestCertificates.clientTrusting(keys, version)) {
      HttpResponse<String> health = client.send(get(server, "/health"), BodyHandlers.ofString());
      HttpResponse<String> orders = client.send(get(server, "/v1/orders"), BodyHandlers.ofString());

      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.version()).isEqualTo(version);
      assertThat(health.headers().firstValue("Strict-Transport-Security")).isPresent();
      assertThat(health.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(orders.statusCode()).isEqualTo(401);
      assertThat(orders.headers().firstValue("X-Request-Id")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_2", "HTTP_1_1"})
  void session_cookie_is_secure_and_accepted_from_same_origin(HttpClient.Version version)
      throws Exception {
    KeyStore keys = TestCertificates.shared("EC");

    try (TestServer server = TestServer.startWith(TestCertificates.write(folder, keys));
        HttpClient client = TestCertificates.clientTrusting(keys, version)) {
      String ann = HttpTestUsers.loginBody("ann@example.com", HttpTestUsers.PASSWORD);
      client.send(post(server, "/v1/auth/register", ann).build(), BodyHandlers.ofString());
      HttpResponse<String> login =
          client.send(
              post(server, "/v1/auth/login", ann.replace("}", ", \"cookie\": true}")).build(),
              BodyHandlers.ofString());
      String cookie = login.headers().firstValue("Set-Cookie").orElse("none");
      String pair = cookie.substring(0, cookie.indexOf(';'));

      assertThat(cookie).matches("__Host-kassa=[^;]+; Secure; Path=/; HttpOnly; SameSite=Strict");
      assertThat(logout(client, server, pair, "http://localhost:" + server.http.port()))
          .isEqualTo(403);
      assertThat(logout(client, server, pair, "https://localhost:1")).isEqualTo(403);
      assertThat(logout(client, server, pair, "https://localhost:" + server.http.port()))
          .isEqualTo(204);
    }
  }

  private static int logout(HttpClient client, TestServer server, String cookie, String origin)
      throws Exception {
    return client
        .send(
            post(server, "/v1/auth/logout", "")
                .header("Cookie", cookie)
                .header("Origin", origin)
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_2", "HTTP_1_1"})
  void rejects_too_long_uris_and_headers_with_a_response(HttpClient.Version version)
      throws Exception {
    KeyStore keys = TestCertificates.create(folder, "EC");

    try (TestServer server = TestServer.startWith(TestCertificates.write(folder, keys));
        HttpClient client = TestCertificates.clientTrusting(keys, version)) {
      HttpRequest longUri = get(server, "/v1/orders?q=" + "a".repeat(9_000));
      HttpRequest longHeader =
          HttpRequest.newBuilder(uri(server, "/health"))
              .header("X-Long", "a".repeat(9_000))
              .build();

      for (int i = 0; i < 2; i++) {
        HttpResponse<String> uri = client.send(longUri, BodyHandlers.ofString());
        HttpResponse<String> header = client.send(longHeader, BodyHandlers.ofString());

        assertThat(uri.version()).isEqualTo(version);
        assertThat(uri.statusCode()).isEqualTo(414);
        assertThat(header.statusCode()).isEqualTo(431);
        assertThat(uri.body()).contains("uri_too_long", "8 KiB");
        assertThat(header.body()).contains("headers_too_large", "8 KiB");
      }
    }
  }

  @Test
  void streams_orders_over_http_2() throws Exception {
    KeyStore keys = TestCertificates.shared("EC");

    try (TestServer server = TestServer.startWith(TestCertificates.write(folder, keys));
        HttpClient client = TestCertificates.clientTrusting(keys, HttpClient.Version.HTTP_2)) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(server, "/v1/orders/batch"))
              .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
              .header("Content-Type", "application/x-ndjson")
              .POST(BodyPublishers.ofString((OrderBodies.VALID_ORDER + "\n").repeat(500)))
              .build();

      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.body().lines()).hasSize(501);
      assertThat(response.body()).endsWith("{\"summary\":{\"placed\":500,\"rejected\":0}}\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_2", "HTTP_1_1"})
  void reads_an_optional_body_without_content_length(HttpClient.Version version) throws Exception {
    KeyStore keys = TestCertificates.create(folder, "EC");

    try (TestServer server = TestServer.startWith(TestCertificates.write(folder, keys));
        HttpClient client = TestCertificates.clientTrusting(keys, version)) {
      HttpResponse<String> placed =
          client.send(
              post(server, "/v1/orders", OrderBodies.VALID_ORDER)
                  .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
                  .build(),
              BodyHandlers.ofString());
      HttpRequest.Builder change =
          HttpRequest.newBuilder()
              .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
              .header("If-Match", "*");
      String order = placed.headers().firstValue("Location").orElseThrow();

      HttpResponse<String> paid =
          client.send(
              change
                  .copy()
                  .uri(uri(server, order + "/pay"))
                  .method("POST", BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());
      HttpResponse<String> cancelled =
          client.send(
              change
                  .copy()
                  .uri(uri(server, order + "/cancel"))
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.fromPublisher(
                          BodyPublishers.ofString("{\"reason\": \"sold out\"}")))
                  .build(),
              BodyHandlers.ofString());

      assertThat(paid.statusCode()).isEqualTo(200);
      assertThat(cancelled.version()).isEqualTo(version);
      assertThat(cancelled.body()).contains("\"cancelReason\":\"sold out\"");
    }
  }

  @Test
  void serves_encoded_path_segments_over_http_2() throws Exception {
    KeyStore keys = TestCertificates.shared("EC");

    try (TestServer server = TestServer.startWith(TestCertificates.write(folder, keys));
        HttpClient client = TestCertificates.clientTrusting(keys, HttpClient.Version.HTTP_2)) {
      HttpRequest create =
          post(server, "/v1/products", OrderBodies.product("A/B;%", "1"))
              .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
              .build();
      HttpRequest read =
          HttpRequest.newBuilder(uri(server, "/v1/products/A%2FB%3B%25"))
              .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
              .build();

      assertThat(client.send(create, BodyHandlers.ofString()).headers().firstValue("Location"))
          .hasValue("/v1/products/A%2FB%3B%25");
      HttpResponse<String> found = client.send(read, BodyHandlers.ofString());
      assertThat(found.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(found.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void rejects_plain_http_on_the_tls_port() throws Exception {
    try (TestServer server =
            TestServer.startWith(TestCertificates.write(folder, TestCertificates.shared("EC")));
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.http.port())) {
      plain.getOutputStream().write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));

      // The server sends at most a TLS alert.
      assertThat(plain.getInputStream().readAllBytes()).hasSizeLessThan(16);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          BEGIN PRIVATE KEY     | BEGIN RSA PRIVATE KEY       | PKCS #8
          BEGIN PRIVATE KEY     | BEGIN ENCRYPTED PRIVATE KEY | unencrypted
          """,
      delimiter = '|')
  void reports_invalid_key_file(String good, String bad, String reason) throws Exception {
    TlsConfig tls = TestCertificates.write(folder, TestCertificates.shared("EC"));
    Files.writeString(tls.keyFile(), Files.readString(tls.keyFile()).replace(good, bad));

    assertRejected(tls, reason);
  }

  @Test
  void reports_key_that_does_not_match_the_certificate() throws Exception {
    TlsConfig tls = TestCertificates.write(folder, TestCertificates.shared("EC"));
    Path otherKey = Files.copy(tls.keyFile(), folder.resolve("other.key"));
    TlsConfig second = TestCertificates.write(folder, TestCertificates.create(folder, "EC"));

    assertRejected(new TlsConfig(second.certificateFile(), otherKey), "does not match");
  }

  @Test
  void reports_missing_certificate() throws Exception {
    TlsConfig tls = TestCertificates.write(folder, TestCertificates.shared("RSA"));

    assertRejected(new TlsConfig(folder.resolve("none"), tls.keyFile()), "none cannot be read");
    assertRejected(new TlsConfig(tls.keyFile(), tls.keyFile()), "must contain PEM certificates");
    assertRejected(
        new TlsConfig(Files.createFile(folder.resolve("empty")), tls.keyFile()),
        "no PEM certificate");
  }

  private static void assertRejected(TlsConfig tls, String reason) {
    assertThatExceptionOfType(InvalidPemException.class)
        .isThrownBy(() -> PemKeyStore.read(tls.certificateFile(), tls.keyFile()))
        .withMessageContaining(reason);
  }

  private static HttpRequest get(TestServer server, String path) {
    return HttpRequest.newBuilder(uri(server, path)).build();
  }

  private static HttpRequest.Builder post(TestServer server, String path, String body) {
    return HttpRequest.newBuilder(uri(server, path))
        .header("Content-Type", "application/json")
        .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  private static URI uri(TestServer server, String path) {
    return URI.create("https://localhost:" + server.http.port() + path);
  }
}
