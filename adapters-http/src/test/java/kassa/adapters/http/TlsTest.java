package kassa.adapters.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
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
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

  private static final String PASSWORD = "only for these tests";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"EC, HTTP_2", "EC, HTTP_1_1", "RSA, HTTP_2", "RSA, HTTP_1_1"})
  void answers_over_TLS_in_the_protocol_that_the_client_wishes(
      String algorithm, HttpClient.Version version) throws Exception {
    KeyStore keys = made(algorithm);

    try (TestServer server = TestServer.over(written(keys));
        HttpClient client = trusting(keys, version)) {
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
    KeyStore keys = made("EC");

    try (TestServer server = TestServer.over(written(keys));
        HttpClient client = trusting(keys, version)) {
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
    KeyStore keys = made("EC");

    try (TestServer server = TestServer.over(written(keys));
        HttpClient client = trusting(keys, HttpClient.Version.HTTP_2)) {
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
    try (TestServer server = TestServer.over(written(made("EC")));
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
    HttpServer.Tls tls = written(made("EC"));
    Files.writeString(tls.key(), Files.readString(tls.key()).replace(good, bad));

    refuses(tls, reason);
  }

  @Test
  void says_that_the_key_is_another() throws Exception {
    HttpServer.Tls tls = written(made("EC"));
    Path ofOther = Files.copy(tls.key(), folder.resolve("other.key"));
    HttpServer.Tls second = written(made("EC"));

    refuses(new HttpServer.Tls(second.certificates(), ofOther), "another key");
  }

  @Test
  void says_that_there_is_no_certificate() throws Exception {
    HttpServer.Tls tls = written(made("RSA"));

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

  private KeyStore made(String algorithm) throws Exception {
    Path file = folder.resolve(algorithm + System.nanoTime() + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "kassa",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException(output);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    return keys;
  }

  private HttpServer.Tls written(KeyStore keys) throws Exception {
    Certificate certificate = keys.getCertificate("kassa");
    Key key = keys.getKey("kassa", PASSWORD.toCharArray());
    return new HttpServer.Tls(
        Files.writeString(
            folder.resolve("chain.pem"), pem("CERTIFICATE", certificate.getEncoded())),
        Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded())));
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }

  private static HttpClient trusting(KeyStore keys, HttpClient.Version version) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("kassa", keys.getCertificate("kassa"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).version(version).build();
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
