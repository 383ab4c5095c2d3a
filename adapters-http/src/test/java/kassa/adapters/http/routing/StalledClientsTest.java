package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import kassa.adapters.http.HttpLimits;
import kassa.adapters.http.HttpTestUsers;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestCertificates;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.jetty.SlowConnectionTimeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that send a body or read a response slowly, on a server with two permits. */
@Tag("process")
@Timeout(300)
class StalledClientsTest {

  private static final int STALLED = 20;

  /** The server does not wait for the stalled clients when it stops. */
  private static final Duration STOP_TIMEOUT = Duration.ZERO;

  private static final HttpLimits LIMITS = new HttpLimits(2, 1, 1_024, 512, STOP_TIMEOUT);

  /** Connection preface, SETTINGS with an initial window of 0, and its acknowledgement. */
  private static final String HTTP_2 =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\u0006\u0004\0\0\0\0\0\0\u0004\0\0\0\0"
          + "\0\0\0\u0004\u0001\0\0\0\0";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @TempDir private Path folder;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"/v1/auth/login, nobody", "/v1/orders, kassa"})
  void stalled_bodies_hold_no_permit(String path, String host) {
    TestServer server = opened(TestServer.startWithLimits(LIMITS, useCases -> useCases));
    server.client.post(
        "/v1/auth/register", HttpTestUsers.loginBody("ann@example.com", HttpTestUsers.PASSWORD));
    List<RawHttpConnection> stalled = new ArrayList<>();
    for (int i = 0; i < STALLED; i++) {
      RawHttpConnection connection = opened(server.client.openConnection());
      stalled.add(connection);
      // The permit is given up before 100 Continue is sent.
      connection
          .send(
              """
              POST %s HTTP/1.1
              Host: %s
              Content-Type: application/json
              Content-Length: %s
              Expect: 100-continue

              """
                  .formatted(path, host, OrderBodies.VALID_ORDER.length()))
          .awaitContinue()
          .send("{");
    }

    assertThat(server.client.post("/v1/orders", OrderBodies.VALID_ORDER).status()).isEqualTo(201);
    assertThat(
            server
                .client
                .post(
                    "/v1/auth/login",
                    HttpTestUsers.loginBody("ann@example.com", HttpTestUsers.PASSWORD))
                .status())
        .isEqualTo(200);
    assertThat(server.client.get("/openapi.json").status()).isEqualTo(200);
    assertThat(server.client.get("/health").status()).isEqualTo(200);

    if (path.equals("/v1/orders")) {
      stalled.getLast().send(OrderBodies.VALID_ORDER.substring(1));
      assertThat(stalled.getLast().readResponse("POST", path).status()).isEqualTo(201);
    }
  }

  @Test
  void first_stalled_body_is_evicted_beyond_the_maximum() throws Exception {
    TestServer server = opened(TestServer.startWithLimits(LIMITS, useCases -> useCases));
    List<Socket> stalled = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      stalled.add(stallBody(server, ""));
    }

    assertThat(stalled.getFirst().getInputStream().read()).isNegative();
    stalled.getLast().setSoTimeout(100);
    send(stalled.getLast(), "{");
  }

  @Test
  void evicts_from_the_ipv6_network_with_the_most_stalled_bodies() throws Exception {
    TestServer server = opened(TestServer.startBehindProxies(LIMITS, "127.0.0.1"));
    Socket shop = stallBody(server, "X-Forwarded-For: 203.0.113.9\n");
    Socket sameShop = stallBody(server, "X-Forwarded-For: 203.0.113.9\n");
    List<Socket> network = new ArrayList<>();
    for (int i = 1; i <= 31; i++) {
      network.add(stallBody(server, "X-Forwarded-For: 2001:db8::" + Integer.toHexString(i) + "\n"));
    }

    assertThat(network.getFirst().getInputStream().read()).isNegative();
    for (Socket spared : List.of(shop, sameShop)) {
      spared.setSoTimeout(200);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> spared.getInputStream().read());
    }
  }

  /** Sends a request whose body does not arrive, and returns when the server waits for it. */
  private Socket stallBody(TestServer server, String header) throws IOException {
    Socket socket = opened(new Socket(InetAddress.getLoopbackAddress(), server.http.port()));
    send(
        socket,
        """
        POST /v1/auth/login HTTP/1.1
        Host: a
        %sContent-Type: application/json
        Content-Length: 100
        Expect: 100-continue

        """
            .formatted(header)
            .replace("\n", "\r\n"));
    socket.setSoTimeout(60_000);
    assertThat(socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length()))
        .startsWith("HTTP/1.1 100".getBytes(UTF_8));
    return socket;
  }

  @Test
  void stalled_http_2_responses_hold_no_permit() throws Exception {
    KeyStore keys = TestCertificates.create(folder, "EC");
    TestServer server =
        opened(TestServer.startWithLimits(LIMITS, TestCertificates.write(folder, keys)));
    try (HttpClient client = TestCertificates.clientTrusting(keys, HttpClient.Version.HTTP_2)) {
      stallResponses(server, keys, "/openapi.json", STALLED);

      for (String path : List.of("/openapi.json", "/health", "/v1/orders")) {
        assertThat(
                client
                    .send(
                        HttpRequest.newBuilder(
                                URI.create("https://localhost:" + server.http.port() + path))
                            .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
                            .build(),
                        BodyHandlers.discarding())
                    .statusCode())
            .as(path)
            .isEqualTo(200);
      }
    }
  }

  @Test
  void response_that_is_read_too_slowly_closes_the_connection() throws Exception {
    KeyStore keys = TestCertificates.create(folder, "EC");
    TestServer server =
        opened(
            TestServer.startWithTimeouts(
                new SlowConnectionTimeouts.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10)),
                TestCertificates.write(folder, keys)));
    SSLSocket client = stallResponses(server, keys, "/docs", 1);

    assertThat(isClosedWhileReadingSlowly(client)).isTrue();
  }

  @Test
  void export_that_is_read_too_slowly_closes_the_connection() throws Exception {
    KeyStore keys = TestCertificates.create(folder, "EC");
    TestServer server =
        opened(
            TestServer.startWithTimeouts(
                new SlowConnectionTimeouts.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10)),
                TestCertificates.write(folder, keys)));
    try (HttpClient other = TestCertificates.clientTrusting(keys, HttpClient.Version.HTTP_1_1)) {
      for (int i = 0; i < 50; i++) {
        HttpRequest order =
            HttpRequest.newBuilder(
                    URI.create("https://localhost:" + server.http.port() + "/v1/orders"))
                .header("Authorization", "Bearer " + TestServer.ADMIN_TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(OrderBodies.VALID_ORDER))
                .build();
        assertThat(other.send(order, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
      }
    }
    SSLSocket client = stallResponses(server, keys, "/v1/orders/export", 1);

    assertThat(isClosedWhileReadingSlowly(client)).isTrue();
  }

  /** Closes it at the end: the clients before their server. */
  private <T extends AutoCloseable> T opened(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Lets the server send one byte of a response now and then. */
  private static boolean isClosedWhileReadingSlowly(Socket client) throws InterruptedException {
    // Window updates of one byte for the connection and the first stream.
    String update =
        "\0\0\u0004\u0008\0\0\0\0\0\0\0\0\u0001\0\0\u0004\u0008\0\0\0\0\u0001\0\0\0\u0001";
    CountDownLatch never = new CountDownLatch(1);
    try {
      for (int i = 0; i < 1_500 && !never.await(40, TimeUnit.MILLISECONDS); i++) {
        send(client, update);
      }
      return false;
    } catch (IOException closed) {
      return true;
    }
  }

  /** Requests a path on many streams with an initial window of 0, and awaits their headers. */
  private SSLSocket stallResponses(TestServer server, KeyStore keys, String path, int streams)
      throws Exception {
    SSLSocket client =
        (SSLSocket)
            TestCertificates.clientTrusting(keys)
                .getSocketFactory()
                .createSocket("localhost", server.http.port());
    opened.push(client);
    SSLParameters parameters = client.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    client.setSSLParameters(parameters);
    client.setSoTimeout(60_000);
    send(client, HTTP_2);
    // HPACK: GET, https, and the path, authority and authorization as literals.
    String token = "Bearer " + TestServer.ADMIN_TOKEN;
    String headers =
        "\u0082\u0087\u0004"
            + (char) path.length()
            + path
            + "\u0001\tlocalhost\u000f\u0008"
            + (char) token.length()
            + token;
    for (int i = 0; i < streams; i++) {
      send(
          client,
          "\0\0" + (char) headers.length() + "\u0001\u0005\0\0\0" + (char) (2 * i + 1) + headers);
    }
    for (int answered = 0; answered < streams; ) {
      byte[] frame = client.getInputStream().readNBytes(9);
      int length = ((frame[0] & 0xff) << 16) | ((frame[1] & 0xff) << 8) | (frame[2] & 0xff);
      client.getInputStream().readNBytes(length);
      answered += frame[3] == 1 ? 1 : 0;
    }
    return client;
  }

  private static void send(Socket client, String bytes) throws IOException {
    client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    client.getOutputStream().flush();
  }
}
