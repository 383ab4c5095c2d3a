package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that send a body or read a response slowly, on a server with two permits. */
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

  /** HPACK: an indexed method. */
  private static final String GET = "\u0082";

  private static final String POST = "\u0083";

  private static final int FRAME_HEAD = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;

  /** HPACK: a new size of the table and a status. */
  private static final int MAX_INTERIM_HEAD = 8;

  /** Error code of a reset. */
  private static final byte CANCEL = 8;

  private static final int MAX_WAITING = 32;
  private static final String QUOTE =
      "{\"currency\":\"USD\",\"lines\":[{\"sku\":\"MUG\",\"quantity\":1,\"unitPrice\":\"1.00\"}]}";

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
    KeyStore keys = TestCertificates.shared("EC");
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
  void response_over_http_2_that_is_read_too_slowly_is_reset() throws Exception {
    KeyStore keys = TestCertificates.shared("EC");
    TestServer server =
        opened(
            TestServer.startWithTimeouts(
                new SlowConnectionTimeouts.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10)),
                TestCertificates.write(folder, keys)));
    SSLSocket client = stallResponses(server, keys, "/docs", 1);

    assertResetWhileReadingSlowly(client);
  }

  @Test
  void export_over_http_2_that_is_read_too_slowly_is_reset() throws Exception {
    KeyStore keys = TestCertificates.shared("EC");
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

    assertResetWhileReadingSlowly(client);
  }

  /** Closes it at the end: the clients before their server. */
  private <T extends AutoCloseable> T opened(T resource) {
    opened.push(resource);
    return resource;
  }

  @Test
  void evicted_http_2_request_does_not_end_the_others_of_its_connection() throws Exception {
    KeyStore keys = TestCertificates.shared("EC");
    TestServer server =
        opened(TestServer.startWithLimits(LIMITS, TestCertificates.write(folder, keys)));
    SSLSocket proxy = connectHttp2(server, keys);
    List<byte[]> resets = new ArrayList<>();
    for (int i = 0; i <= MAX_WAITING; i++) {
      resets.addAll(stallBody(proxy, 2 * i + 1));
    }
    byte[] reset = resets.isEmpty() ? awaitFrame(proxy, RST_STREAM) : resets.getFirst();

    assertThat(streamOf(reset)).isEqualTo(1);
    assertThat(reset[reset.length - 1]).isEqualTo(CANCEL);
    send(proxy, frame(DATA, END_STREAM, 3, QUOTE));
    assertOk(awaitFrame(proxy, HEADERS), 3);
  }

  @Test
  void many_resets_by_the_server_do_not_close_the_http_2_connection() throws Exception {
    KeyStore keys = TestCertificates.shared("EC");
    TestServer server =
        opened(TestServer.startWithLimits(LIMITS, TestCertificates.write(folder, keys)));
    SSLSocket proxy = connectHttp2(server, keys);
    int requests = 400;
    int resets = 0;
    for (int i = 0; i < requests; i++) {
      resets += stallBody(proxy, 2 * i + 1).size();
    }
    while (resets < requests - MAX_WAITING) {
      awaitFrame(proxy, RST_STREAM);
      resets++;
    }

    send(proxy, headers(2 * requests + 1, GET, "/health"));
    assertOk(awaitFrame(proxy, HEADERS), 2 * requests + 1);
  }

  /**
   * Sends the head of a request whose body does not arrive, and returns when the server waits for
   * it.
   *
   * @return the resets that the server sent meanwhile
   */
  private static List<byte[]> stallBody(Socket client, int stream) throws IOException {
    send(client, headers(stream, POST, "/v1/quotes"));
    List<byte[]> resets = new ArrayList<>();
    while (true) {
      byte[] frame = readFrame(client);
      if (frame[3] == RST_STREAM) {
        resets.add(frame);
      } else if (frame[3] == HEADERS) {
        assertThat(streamOf(frame)).isEqualTo(stream);
        assertThat(frame.length)
            .as("100 Continue has no fields but its status")
            .isLessThanOrEqualTo(FRAME_HEAD + MAX_INTERIM_HEAD);
        return resets;
      }
    }
  }

  /** Lets the server send one byte of a response now and then, until it resets the stream. */
  private static void assertResetWhileReadingSlowly(Socket client) throws Exception {
    CompletableFuture<byte[]> reset =
        CompletableFuture.supplyAsync(() -> {
          try {
            return awaitFrame(client, RST_STREAM);
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        });
    // Window updates of one byte for the connection and the first stream.
    String update =
        "\0\0\u0004\u0008\0\0\0\0\0\0\0\0\u0001\0\0\u0004\u0008\0\0\0\0\u0001\0\0\0\u0001";
    CountDownLatch never = new CountDownLatch(1);
    while (!reset.isDone() && !never.await(40, TimeUnit.MILLISECONDS)) {
      send(client, update);
    }
    byte[] frame = reset.get();
    assertThat(streamOf(frame)).isEqualTo(1);
    assertThat(frame[frame.length - 1]).isEqualTo(CANCEL);

    send(client, headers(3, GET, "/health"));
    assertOk(awaitFrame(client, HEADERS), 3);

    // Its body is never read, so that this stream is reset as well, and the connection is idle.
    assertThat(streamOf(awaitFrame(client, RST_STREAM))).isEqualTo(3);
    assertThat(isClosedByServer(client)).isTrue();
  }

  private static void assertOk(byte[] headers, int stream) {
    assertThat(streamOf(headers)).isEqualTo(stream);
    int first = FRAME_HEAD;
    // HPACK: the first head of a connection may begin with a new size of its table.
    if (headers[first] == 0x3f) {
      do {
        first++;
      } while (headers[first] < 0);
      first++;
    }
    assertThat(headers[first]).as("indexed :status 200").isEqualTo((byte) 0x88);
  }

  /** Requests a path on many streams with an initial window of 0, and awaits their headers. */
  private SSLSocket stallResponses(TestServer server, KeyStore keys, String path, int streams)
      throws Exception {
    SSLSocket client = connectHttp2(server, keys);
    for (int i = 0; i < streams; i++) {
      send(client, headers(2 * i + 1, GET, path));
    }
    for (int i = 0; i < streams; i++) {
      awaitFrame(client, HEADERS);
    }
    return client;
  }

  private SSLSocket connectHttp2(TestServer server, KeyStore keys) throws Exception {
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
    return client;
  }

  /** Head of a request; only one with GET ends its stream. */
  private static String headers(int stream, String method, String path) {
    // HPACK: method, https, and the path, authority, type, authorization and expect as literals.
    String token = "Bearer " + TestServer.ADMIN_TOKEN;
    String type = "application/json";
    String fields =
        method
            + "\u0087\u0004"
            + (char) path.length()
            + path
            + "\u0001\tlocalhost\u000f\u0010"
            + (char) type.length()
            + type
            + "\u000f\u0008"
            + (char) token.length()
            + token
            + (method.equals(GET) ? "" : "\u000f\u0014\u000c100-continue");
    return frame(
        HEADERS, method.equals(GET) ? END_STREAM | END_HEADERS : END_HEADERS, stream, fields);
  }

  private static String frame(int type, int flags, int stream, String payload) {
    return "\0\0"
        + (char) payload.length()
        + (char) type
        + (char) flags
        + "\0\0"
        + (char) (stream >> 8)
        + (char) (stream & 0xff)
        + payload;
  }

  /** Reads up to the next frame of a type, and returns it. */
  private static byte[] awaitFrame(Socket client, int type) throws IOException {
    byte[] frame = readFrame(client);
    while (frame[3] != type) {
      frame = readFrame(client);
    }
    return frame;
  }

  private static byte[] readFrame(Socket client) throws IOException {
    InputStream input = client.getInputStream();
    byte[] head = input.readNBytes(FRAME_HEAD);
    assertThat(head).as("frame before the end of the connection").hasSize(FRAME_HEAD);
    int length = ((head[0] & 0xff) << 16) | ((head[1] & 0xff) << 8) | (head[2] & 0xff);
    byte[] frame = Arrays.copyOf(head, FRAME_HEAD + length);
    System.arraycopy(input.readNBytes(length), 0, frame, FRAME_HEAD, length);
    return frame;
  }

  private static int streamOf(byte[] frame) {
    return ((frame[7] & 0xff) << 8) | (frame[8] & 0xff);
  }

  private static boolean isClosedByServer(Socket client) {
    try {
      client.getInputStream().readAllBytes();
      return true;
    } catch (IOException reset) {
      return !(reset instanceof SocketTimeoutException);
    }
  }

  private static void send(Socket client, String bytes) throws IOException {
    client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    client.getOutputStream().flush();
  }
}
