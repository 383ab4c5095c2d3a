package kassa.adapters.http.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bounds of connections that linger after an early response. */
@Timeout(60)
class LingeringCloseTest {

  private static final int MAX_CONNECTIONS = 256;
  private static final int BYTE_INTERVAL_MILLIS = 20;

  @AutoClose private static final TestServer SERVER = TestServer.start();

  @Test
  void slow_connection_is_closed_after_a_few_seconds() throws Exception {
    try (Socket client = connect()) {
      long start = System.nanoTime();
      rejectEarly(client);

      sendUntilReset(client);

      assertThat((System.nanoTime() - start) / 1_000_000).isBetween(4_000L, 20_000L);
    }
  }

  @Test
  void oldest_connection_is_closed_beyond_the_maximum() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i <= MAX_CONNECTIONS; i++) {
        Socket client = connect();
        clients.add(client);
        rejectEarly(client);
      }
      long start = System.nanoTime();

      sendUntilReset(clients.getFirst());

      assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(4_000);
      clients.getLast().getOutputStream().write(1);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  private static Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), SERVER.http.port());
    client.setSoTimeout(20_000);
    return client;
  }

  /**
   * Sends a request with more body than Jetty discards itself, and reads the response to its end.
   */
  private static void rejectEarly(Socket client) throws IOException {
    String head =
        String.join(
            "\r\n",
            "POST /v1/orders HTTP/1.1",
            "Host: a",
            "Content-Type: application/json",
            "Content-Length: 100000000",
            "",
            "");
    client.getOutputStream().write((head + " ".repeat(1 << 18)).getBytes(UTF_8));
    assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
        .startsWith("HTTP/1.1 401")
        .endsWith("}");
  }

  /** Sends a byte now and then, until the server has closed the connection. */
  private static void sendUntilReset(Socket client) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    try {
      while (!never.await(BYTE_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        client.getOutputStream().write(' ');
      }
    } catch (IOException reset) {
      // The server closed the connection.
    }
  }
}
