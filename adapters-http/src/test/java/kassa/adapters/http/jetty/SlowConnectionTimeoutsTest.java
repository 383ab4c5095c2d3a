package kassa.adapters.http.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import kassa.adapters.http.TestCertificates;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.TlsConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timeouts for slow clients (slowloris), over real connections. */
@Timeout(300)
class SlowConnectionTimeoutsTest {

  /** Much longer than these tests run. */
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Read timeout of the client for data that must arrive. */
  private static final int TIMEOUT_MILLIS = 60_000;

  private static final Duration SHORT = Duration.ofMillis(300);

  /** Short, but long enough for a TLS handshake or the first request on a slow machine. */
  private static final Duration MEDIUM = Duration.ofSeconds(2);

  /** Pause of the client before it sends its next byte; it reads responses meanwhile. */
  private static final int BYTE_INTERVAL_MILLIS = 10;

  /** Number of slow bytes, fewer than the headers of a request may have; they take 30 seconds. */
  private static final int SLOW_BYTES = 3_000;

  /** Size of a body whose slow bytes take longer than {@link #MEDIUM}. */
  private static final int BODY_BYTES = 250;

  /** HTTP/2 connection preface with a SETTINGS frame. */
  private static final String HTTP_2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0";

  private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: kassa\r\n\r\n";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @TempDir private Path folder;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  @Test
  void idle_connection_is_closed() throws IOException {
    Socket client = connect(new SlowConnectionTimeouts.Timeouts(SHORT, LONG));

    assertThat(client.getInputStream().read()).isNegative();
  }

  @Test
  void connection_that_stalls_within_headers_is_closed() throws IOException {
    Socket client = connect(new SlowConnectionTimeouts.Timeouts(SHORT, LONG));
    send(client, "GET /health HTT");

    assertThat(client.getInputStream().read()).isNegative();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET /health HTTP/1.1~Host: kassa~X:  | a
          GET /                                | a
          POST /v1/orders HTTP/1.1~Host: kassa~Content-Length: 2~X: | a
          ~                                    | ~
          """,
      delimiter = '|')
  void slowloris_headers_time_out(String start, String rest) throws IOException {
    Socket client = connect(new SlowConnectionTimeouts.Timeouts(LONG, SHORT));

    assertThat(isDisconnected(client, lines(start), lines(rest))).isTrue();
  }

  @Test
  void slowloris_headers_of_a_later_request_time_out() throws IOException {
    Socket client = connect(new SlowConnectionTimeouts.Timeouts(LONG, MEDIUM));
    send(client, HEALTH);
    assertThat(statusLine(client)).contains("200");

    assertThat(isDisconnected(client, "GET /", "a")).isTrue();
  }

  @Test
  void keep_alive_may_be_longer_than_the_header_timeout() throws IOException {
    Socket client = connect(new SlowConnectionTimeouts.Timeouts(LONG, MEDIUM));

    for (int i = 0; i < 2; i++) {
      send(client, HEALTH);
      assertThat(statusLine(client)).contains("200");
      readUntilTimeout(client, MEDIUM.plus(MEDIUM.dividedBy(2)));
    }
  }

  @Test
  void body_may_take_longer_than_the_header_timeout() throws IOException {
    Socket client = connect(new SlowConnectionTimeouts.Timeouts(LONG, MEDIUM));
    send(
        client,
        "POST /v1/auth/login HTTP/1.1\r\nHost: kassa\r\nContent-Type: application/json\r\n"
            + "Content-Length: "
            + BODY_BYTES
            + "\r\n\r\n");

    for (int i = 0; i < BODY_BYTES; i++) {
      readUntilTimeout(client, Duration.ofMillis(BYTE_INTERVAL_MILLIS));
      send(client, "x");
    }
    assertThat(statusLine(client)).contains("400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"})
  void incomplete_tls_handshake_times_out(String start) throws Exception {
    TlsConfig tls = TestCertificates.write(folder, TestCertificates.shared("EC"));
    Socket client = connect(new SlowConnectionTimeouts.Timeouts(LONG, SHORT), tls);

    if (start.isEmpty()) {
      assertThat(client.getInputStream().read()).isNegative();
    } else {
      assertThat(isDisconnected(client, start, "a")).isTrue();
    }
  }

  @Test
  void slowloris_headers_over_tls_time_out() throws Exception {
    Socket client = connectOverTls("http/1.1", new SlowConnectionTimeouts.Timeouts(LONG, MEDIUM));

    assertThat(isDisconnected(client, "GET /health HTTP/1.1\r\nHost: kassa\r\nX: ", "a")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Start of a HEADERS frame of 4,096 bytes.
        "\0\u0010\0\u0001\u0004\0\0\0\u0001",
        // No further frame; the test sends PING frames.
        ""
      })
  void http_2_connection_without_requests_is_closed(String frames) throws Exception {
    Socket client =
        connectOverTls("h2", new SlowConnectionTimeouts.Timeouts(MEDIUM, LONG.dividedBy(30)));
    String ping = "\0\0\u0008\u0006\0\0\0\0\0quick...";

    assertThat(isDisconnected(client, HTTP_2 + frames, frames.isEmpty() ? ping : "\0")).isTrue();
  }

  private Socket connect(SlowConnectionTimeouts.Timeouts timeouts) throws IOException {
    return connect(timeouts, null);
  }

  private Socket connect(SlowConnectionTimeouts.Timeouts timeouts, @Nullable TlsConfig tls)
      throws IOException {
    TestServer server = TestServer.startWithTimeouts(timeouts, tls);
    opened.push(server);
    Socket client = new Socket(InetAddress.getLoopbackAddress(), server.http.port());
    opened.push(client);
    client.setSoTimeout(TIMEOUT_MILLIS);
    return client;
  }

  private Socket connectOverTls(String protocol, SlowConnectionTimeouts.Timeouts timeouts)
      throws Exception {
    KeyStore keys = TestCertificates.shared("EC");
    Socket plain = connect(timeouts, TestCertificates.write(folder, keys));
    SSLSocket client =
        (SSLSocket)
            TestCertificates.clientTrusting(keys)
                .getSocketFactory()
                .createSocket(plain, "localhost", plain.getPort(), true);
    SSLParameters parameters = client.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    client.setSSLParameters(parameters);
    client.startHandshake();
    assertThat(client.getApplicationProtocol()).isEqualTo(protocol);
    return client;
  }

  /**
   * Sends the start, then the bytes of the rest slowly and repeatedly; returns whether the server
   * closes the connection meanwhile.
   */
  private static boolean isDisconnected(Socket client, String start, String rest) {
    byte[] bytes = rest.getBytes(ISO_8859_1);
    try {
      client.setSoTimeout(BYTE_INTERVAL_MILLIS);
      client.getOutputStream().write(start.getBytes(ISO_8859_1));
      for (int i = 0; i < SLOW_BYTES; i++) {
        if (isAtEnd(client)) {
          return true;
        }
        client.getOutputStream().write(bytes[i % bytes.length]);
      }
      return false;
    } catch (SocketException disconnected) {
      return true;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String lines(String text) {
    return text.replace("~", "\r\n");
  }

  /** Reads until the end or the read timeout; returns whether the connection is at its end. */
  private static boolean isAtEnd(Socket client) throws IOException {
    try {
      while (client.getInputStream().read() >= 0) {
        // Skips responses to earlier requests.
      }
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    }
  }

  private static void readUntilTimeout(Socket client, Duration timeout) throws IOException {
    client.setSoTimeout((int) timeout.toMillis());
    assertThat(isAtEnd(client)).isFalse();
    client.setSoTimeout(TIMEOUT_MILLIS);
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String statusLine(Socket client) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = client.getInputStream().read(); read > '\r'; ) {
      line.append((char) read);
      read = client.getInputStream().read();
    }
    return line.toString();
  }
}
