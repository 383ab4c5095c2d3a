package kassa.adapters.http.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import kassa.adapters.http.BlockedOrderPlacement;
import kassa.adapters.http.HttpLimits;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestCertificates;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.request.IpNetwork;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limit of connections per remote address, with real connections. */
@Timeout(300)
class AddressConnectionLimitTest {

  private static final int MAX = 8;
  private static final HttpLimits LIMITS =
      new HttpLimits(64, 4, 1_024, MAX, TestServer.BATCH_DEADLINE);
  private static final InetAddress OTHER_ADDRESS = InetAddress.ofLiteral("127.0.0.2");

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @TempDir private Path folder;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void idle_connections_of_an_address_do_not_keep_it_out(boolean overTls) throws Exception {
    KeyStore keys = overTls ? TestCertificates.shared("EC") : null;
    TestServer server = server(keys);
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < 20 * MAX; i++) {
      idle.add(connect(server, null));
    }

    // All of them have been counted as soon as all but the last ones are closed.
    while (idle.size() > MAX) {
      idle.removeIf(AddressConnectionLimitTest::isClosedNow);
    }

    assertThat(health(request(server, keys))).contains(" 200 ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void connections_of_an_address_do_not_affect_other_addresses(boolean overTls) throws Exception {
    KeyStore keys = overTls ? TestCertificates.shared("EC") : null;
    TestServer server = server(keys);
    Socket first = connect(server, OTHER_ADDRESS);
    Socket other = keys == null ? first : tls(first, keys);
    assertThat(health(other)).contains(" 200 ");

    for (int i = 0; i < 20 * MAX; i++) {
      connect(server, null);
    }

    assertThat(health(other)).contains(" 200 ");
    Socket fresh = connect(server, OTHER_ADDRESS);
    assertThat(health(keys == null ? fresh : tls(fresh, keys))).contains(" 200 ");
  }

  @Test
  void running_requests_are_kept_and_the_new_connection_is_closed() throws Exception {
    BlockedOrderPlacement placement = new BlockedOrderPlacement(MAX);
    TestServer server = opened(TestServer.startWithLimits(LIMITS, placement::replaceIn));
    List<Socket> running = new ArrayList<>();
    for (int i = 0; i < MAX; i++) {
      Socket client = connect(server, null);
      send(client, order(OrderBodies.VALID_ORDER.length()) + OrderBodies.VALID_ORDER);
      running.add(client);
    }
    placement.awaitStarted();

    assertThat(isClosedByServer(connect(server, null))).isTrue();

    placement.release();
    for (Socket client : running) {
      assertThat(statusLine(client)).contains(" 201 ");
    }
  }

  @Test
  void connection_that_waits_for_its_client_gives_way() throws Exception {
    TestServer server = server(null);
    List<Socket> stalled = new ArrayList<>();
    for (int i = 0; i < MAX; i++) {
      Socket client = connect(server, null);
      send(client, order(100).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
      assertThat(statusLine(client)).contains(" 100 ");
      stalled.add(client);
    }

    assertThat(health(connect(server, null))).contains(" 200 ");

    assertThat(isClosedByServer(stalled.getFirst())).isTrue();
  }

  @Test
  void trusted_proxy_has_no_limit() throws Exception {
    TestServer server = opened(TestServer.startBehindProxies(LIMITS, "127.0.0.1"));
    List<Socket> connections = new ArrayList<>();
    for (int i = 0; i < 2 * MAX; i++) {
      Socket client = connect(server, null);
      assertThat(health(client)).contains(" 200 ");
      connections.add(client);
    }

    for (Socket client : connections) {
      assertThat(health(client)).contains(" 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8::1, 2001:db8::ffff:1, true",
    "2001:db8::1, [2001:db8:0:0:1:2:3:4], true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "2001:db8::1, 192.0.2.1, false",
  })
  void addresses_of_one_client_count_together(String address, String other, boolean together) {
    assertThat(IpNetwork.ofClient(InetAddress.ofLiteral(address)).contains(other))
        .isEqualTo(together);
  }

  private TestServer server(@Nullable KeyStore keys) throws Exception {
    return opened(
        keys == null
            ? TestServer.startWithLimits(LIMITS, useCases -> useCases)
            : TestServer.startWithLimits(LIMITS, TestCertificates.write(folder, keys)));
  }

  private Socket request(TestServer server, @Nullable KeyStore keys) throws Exception {
    Socket socket = connect(server, null);
    return keys == null ? socket : tls(socket, keys);
  }

  private Socket connect(TestServer server, @Nullable InetAddress from) throws IOException {
    Socket socket =
        opened(new Socket(InetAddress.ofLiteral("127.0.0.1"), server.http.port(), from, 0));
    socket.setSoTimeout(60_000);
    return socket;
  }

  private Socket tls(Socket socket, KeyStore keys) throws Exception {
    return opened(
        TestCertificates.clientTrusting(keys)
            .getSocketFactory()
            .createSocket(socket, "localhost", socket.getPort(), true));
  }

  /** Closes it at the end: the clients before their server. */
  private <T extends AutoCloseable> T opened(T resource) {
    opened.push(resource);
    return resource;
  }

  private static String order(int length) {
    return String.join(
        "\r\n",
        "POST /v1/orders HTTP/1.1",
        "Host: kassa",
        "Authorization: Bearer " + TestServer.ADMIN_TOKEN,
        "Content-Type: application/json",
        "Content-Length: " + length,
        "",
        "");
  }

  /** Reads the status line of a response; its body has a fixed length. */
  private static String health(Socket client) throws IOException {
    send(client, "HEAD /health HTTP/1.1\r\nHost: kassa\r\n\r\n");
    String status = statusLine(client);
    for (int ends = 0; ends < 2; ) {
      int read = client.getInputStream().read();
      ends = read == '\n' ? ends + 1 : read == '\r' ? ends : 0;
    }
    return status;
  }

  private static String statusLine(Socket client) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = client.getInputStream().read();
        read != '\n' && read >= 0;
        read = client.getInputStream().read()) {
      line.append((char) read);
    }
    return line.toString();
  }

  private static boolean isClosedNow(Socket client) {
    try {
      client.setSoTimeout(10);
      return client.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  private static boolean isClosedByServer(Socket client) {
    try {
      while (client.getInputStream().read() >= 0) {
        // Skips the rest of a response.
      }
      return true;
    } catch (IOException reset) {
      return !(reset instanceof SocketTimeoutException);
    }
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF_8));
  }
}
