package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import kassa.application.telemetry.Telemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class HttpServerLifecycleTest {

  @Test
  void listens_on_the_reported_port() throws IOException {
    try (TestServer server = TestServer.start()) {
      assertThat(server.http.port()).isPositive();
      assertThat(listens(server.http.port())).isTrue();
    }
  }

  @Test
  void stops_listening_when_closed() throws IOException {
    TestServer server = TestServer.start();
    int port = server.http.port();

    server.close();

    assertThat(listens(port)).isFalse();
  }

  @Test
  void reports_why_it_cannot_listen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpConfig config = TestServer.config();
      HttpConfig onTakenPort =
          new HttpConfig(
              new ListenConfig("127.0.0.1", taken.getLocalPort(), null),
              config.limits(),
              config.trustedProxies(),
              config.corsOrigins());

      assertThatIllegalStateException()
          .isThrownBy(() -> HttpServer.open(onTakenPort, TestServer.VERSION, Telemetry.none()))
          .withMessageContaining("127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void leaves_no_port_open_if_the_management_port_is_taken() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpConfig config = TestServer.config();
      HttpConfig onTakenPort =
          new HttpConfig(
              new ListenConfig("127.0.0.1", port, null),
              config.limits(),
              config.trustedProxies(),
              config.corsOrigins(),
              new ListenConfig("127.0.0.1", taken.getLocalPort(), null),
              false);

      assertThatIllegalStateException()
          .isThrownBy(() -> HttpServer.open(onTakenPort, TestServer.VERSION, Telemetry.none()))
          .withMessageContaining("127.0.0.1:" + taken.getLocalPort());
      assertThat(listens(port)).isFalse();
    }
  }

  static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (SocketException refusedOrReset) {
      return false;
    }
  }
}
