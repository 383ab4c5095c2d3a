package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LifecycleTest {

  @Test
  void listens_on_the_port_that_it_says() throws IOException {
    try (TestServer server = TestServer.start()) {
      assertThat(server.http.port()).isPositive();
      assertThat(listens(server.http.port())).isTrue();
    }
  }

  @Test
  void does_not_listen_any_more_when_it_is_closed() throws IOException {
    TestServer server = TestServer.start();
    int port = server.http.port();

    server.close();

    assertThat(listens(port)).isFalse();
  }

  @Test
  void says_why_it_cannot_listen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpServer.Config config = TestServer.config();
      HttpServer.Config onTakenPort =
          new HttpServer.Config(
              config.host(),
              taken.getLocalPort(),
              config.currencies(),
              config.cursorKey(),
              config.version(),
              config.limits(),
              config.stopTimeout(),
              null,
              config.proxies(),
              config.origins());

      assertThatIllegalStateException()
          .isThrownBy(() -> HttpServer.start(onTakenPort, TestServer.useCases()))
          .withMessageContaining("127.0.0.1:" + taken.getLocalPort());
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
