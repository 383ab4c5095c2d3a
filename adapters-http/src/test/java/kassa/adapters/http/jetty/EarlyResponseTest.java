package kassa.adapters.http.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestCertificates;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that are sent while the client still sends a body of 2 MiB. */
@Timeout(600)
class EarlyResponseTest {

  private static final int REPETITIONS = 8;
  private static final Duration LONG_TIMEOUT = Duration.ofMinutes(10);
  private static final byte[] BODY = " ".repeat(1 << 21).getBytes(US_ASCII);
  private static final String ADMIN = "Bearer " + TestServer.ADMIN_TOKEN;
  private static final String STRANGER = "Bearer none";

  private static final List<Upload> UPLOADS =
      List.of(
          new Upload("/v1/orders", "application/json", STRANGER, 401),
          new Upload("/v1/orders", "application/json", ADMIN, 413),
          new Upload("/v1/orders", "text/plain", ADMIN, 415),
          new Upload("/v1/orders?unknown=1", "application/json", ADMIN, 400),
          new Upload("/v1/auth/login", "application/json", STRANGER, 413),
          new Upload("/nowhere", "application/json", STRANGER, 404),
          new Upload("/health", "application/json", STRANGER, 405),
          // Rejected by Jetty, before any handler.
          new Upload("/v1/%00", "application/json", ADMIN, 400));

  /** Rejected by Jetty, too; over HTTP/2 it closes the connection. */
  private static final Upload LONG_PATH =
      new Upload("/v1/" + "a".repeat(9_000), "application/json", ADMIN, 414);

  private record Upload(String path, String type, String authorization, int status) {}

  @TempDir private Path folder;
  private KeyStore keys;

  @BeforeEach
  void createKeys() throws Exception {
    keys = TestCertificates.shared("EC");
  }

  /** No handshake is too slow, because a loaded machine may take seconds for one. */
  private TestServer startWithTls() throws Exception {
    return TestServer.startWithTimeouts(
        new SlowConnectionTimeouts.Timeouts(LONG_TIMEOUT, LONG_TIMEOUT),
        TestCertificates.write(folder, keys));
  }

  @Test
  void jdk_client_reads_an_early_response() throws Exception {
    try (TestServer server = TestServer.start();
        HttpClient client = HttpClient.newHttpClient()) {
      assertAllRead(client, "http://localhost:" + server.http.port(), UPLOADS);
      assertAllRead(client, "http://localhost:" + server.http.port(), List.of(LONG_PATH));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void jdk_client_reads_an_early_response_over_tls(HttpClient.Version version) throws Exception {
    try (TestServer server = startWithTls();
        HttpClient client = TestCertificates.clientTrusting(keys, version)) {
      assertAllRead(client, "https://localhost:" + server.http.port(), UPLOADS);
    }
  }

  private static void assertAllRead(HttpClient client, String server, List<Upload> uploads)
      throws Exception {
    for (Upload upload : uploads) {
      List<Object> results = new ArrayList<>();
      for (int i = 0; i < REPETITIONS; i++) {
        results.add(send(client, server, upload, false));
      }
      assertThat(results).as(upload.toString()).containsOnly(upload.status());
    }
  }

  @Test
  void apache_client_reads_an_early_response() throws Exception {
    try (TestServer server = TestServer.start()) {
      for (Upload upload : List.of(UPLOADS.get(0), UPLOADS.get(1))) {
        assertThat(sendWithApache("http://localhost:" + server.http.port(), upload, false))
            .as(upload.toString())
            .containsOnly(String.valueOf(upload.status()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void apache_client_reads_an_early_response_over_tls(boolean expectContinue) throws Exception {
    try (TestServer server = startWithTls()) {
      Upload upload = UPLOADS.getFirst();

      assertThat(sendWithApache("https://localhost:" + server.http.port(), upload, expectContinue))
          .containsOnly(String.valueOf(upload.status()));
    }
  }

  @Test
  void expect_continue_gets_the_final_response_instead_of_100() throws Exception {
    try (TestServer server = TestServer.start();
        HttpClient client = HttpClient.newHttpClient();
        RawHttpConnection connection = server.client.openConnection()) {
      assertThat(
              connection
                  .send(
                      """
                      POST /v1/orders HTTP/1.1
                      Host: localhost
                      Content-Type: application/json
                      Content-Length: 2097152
                      Expect: 100-continue

                      """)
                  .readResponse("POST", "/v1/orders")
                  .status())
          .isEqualTo(401);
      assertThat(send(client, "http://localhost:" + server.http.port(), UPLOADS.getFirst(), true))
          .isEqualTo(401);
    }
  }

  @Test
  void a_rejected_request_with_a_small_body_leaves_the_connection_open() throws Exception {
    String request =
        """
        POST /v1/orders HTTP/1.1
        Host: localhost
        Content-Type: application/json
        Content-Length: 2

        {}\
        """;
    try (TestServer server = TestServer.start();
        RawHttpConnection connection = server.client.openConnection()) {
      for (int i = 0; i < REPETITIONS; i++) {
        TestResponse response = connection.send(request).readResponse("POST", "/v1/orders");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers().allValues("Connection")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"http, --http1.1", "https, --http1.1", "https, --http2"})
  void curl_reads_an_early_response(String scheme, String protocol) throws Exception {
    assumeThat(Path.of("/usr/bin/curl")).exists();
    Path body = Files.write(folder.resolve("body"), BODY);
    try (TestServer server = scheme.equals("http") ? TestServer.start() : startWithTls()) {
      for (int i = 0; i < REPETITIONS; i++) {
        assertThat(
                run(
                    "curl",
                    "-sSk",
                    protocol,
                    "--max-time",
                    "120",
                    "-HExpect:",
                    "-HContent-Type: application/json",
                    "--data-binary",
                    "@" + body,
                    scheme + "://localhost:" + server.http.port() + "/v1/orders"))
            .contains("unauthenticated");
      }
    }
  }

  private static Object send(
      HttpClient client, String server, Upload upload, boolean expectContinue)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + upload.path()))
            .header("Content-Type", upload.type())
            .header("Authorization", upload.authorization())
            .expectContinue(expectContinue)
            .POST(BodyPublishers.ofByteArray(BODY))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString()).statusCode();
    } catch (IOException lost) {
      return lost;
    }
  }

  /** Runs the client in its own process, because the module under test does not read it. */
  private static List<String> sendWithApache(String server, Upload upload, boolean expectContinue)
      throws Exception {
    String libraries =
        Stream.of("java.class.path", "jdk.module.path")
            .map(name -> System.getProperty(name, ""))
            .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
            .filter(jar -> jar.matches(".*/(httpclient5|httpcore5|httpcore5-h2|slf4j-api)-[^/]*"))
            .collect(Collectors.joining(File.pathSeparator));
    assumeThat(libraries).contains("httpclient5");
    return run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            libraries,
            Path.of(EarlyResponseTest.class.getResource("/clients/ApacheUpload.java").toURI())
                .toString(),
            server + upload.path(),
            upload.type(),
            upload.authorization(),
            String.valueOf(REPETITIONS),
            String.valueOf(expectContinue))
        .lines()
        .filter(line -> !line.startsWith("SLF4J"))
        .toList();
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
