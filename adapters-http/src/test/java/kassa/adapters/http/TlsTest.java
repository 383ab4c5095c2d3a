package kassa.adapters.http;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"EC, HTTP_2", "EC, HTTP_1_1", "RSA, HTTP_2", "RSA, HTTP_1_1"})
  void answers_over_TLS_in_the_protocol_that_the_client_wishes(
      String algorithm, HttpClient.Version version) throws Exception {
    KeyStore keys = TlsFiles.made(folder, algorithm);

    try (TestServer server = TestServer.over(TlsFiles.written(folder, keys));
        HttpClient client = TlsFiles.trusting(keys, version)) {
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
  void sets_a_cookie_that_goes_over_TLS_alone_and_takes_it_from_our_pages(
      HttpClient.Version version) throws Exception {
    KeyStore keys = TlsFiles.made(folder, "EC");

    try (TestServer server = TestServer.over(TlsFiles.written(folder, keys));
        HttpClient client = TlsFiles.trusting(keys, version)) {
      String ann = People.login("ann@example.com", People.PASSWORD);
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

  @Test
  void streams_over_HTTP_2() throws Exception {
    KeyStore keys = TlsFiles.made(folder, "EC");

    try (TestServer server = TestServer.over(TlsFiles.written(folder, keys));
        HttpClient client = TlsFiles.trusting(keys, HttpClient.Version.HTTP_2)) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(server, "/v1/orders/batch"))
              .header("Authorization", "Bearer " + TestServer.ADMIN)
              .header("Content-Type", "application/x-ndjson")
              .POST(BodyPublishers.ofString((Bodies.GOOD + "\n").repeat(500)))
              .build();

      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.body().lines()).hasSize(501);
      assertThat(answer.body()).endsWith("{\"summary\":{\"placed\":500,\"rejected\":0}}\n");
    }
  }

  @Test
  void answers_nothing_to_plain_HTTP() throws Exception {
    try (TestServer server =
            TestServer.over(TlsFiles.written(folder, TlsFiles.made(folder, "EC")));
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.http.port())) {
      plain.getOutputStream().write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));

      // No more than an alert of TLS comes.
      assertThat(plain.getInputStream().readAllBytes()).hasSizeLessThan(16);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          BEGIN PRIVATE KEY     | BEGIN RSA PRIVATE KEY       | PKCS #8
          BEGIN PRIVATE KEY     | BEGIN ENCRYPTED PRIVATE KEY | not encrypted
          """,
      delimiter = '|')
  void says_which_key_it_reads(String good, String bad, String reason) throws Exception {
    HttpServer.Tls tls = TlsFiles.written(folder, TlsFiles.made(folder, "EC"));
    Files.writeString(tls.key(), Files.readString(tls.key()).replace(good, bad));

    refuses(tls, reason);
  }

  @Test
  void says_that_the_key_is_another() throws Exception {
    HttpServer.Tls tls = TlsFiles.written(folder, TlsFiles.made(folder, "EC"));
    Path ofOther = Files.copy(tls.key(), folder.resolve("other.key"));
    HttpServer.Tls second = TlsFiles.written(folder, TlsFiles.made(folder, "EC"));

    refuses(new HttpServer.Tls(second.certificates(), ofOther), "another key");
  }

  @Test
  void says_that_there_is_no_certificate() throws Exception {
    HttpServer.Tls tls = TlsFiles.written(folder, TlsFiles.made(folder, "RSA"));

    refuses(new HttpServer.Tls(folder.resolve("none"), tls.key()), "none cannot be read");
    refuses(new HttpServer.Tls(tls.key(), tls.key()), "must hold certificates in PEM");
    refuses(
        new HttpServer.Tls(Files.createFile(folder.resolve("empty")), tls.key()),
        "no certificate in PEM");
  }

  private static void refuses(HttpServer.Tls tls, String reason) {
    assertThatExceptionOfType(HttpServer.InvalidCertificateException.class)
        .isThrownBy(() -> Certificates.read(tls.certificates(), tls.key()))
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
