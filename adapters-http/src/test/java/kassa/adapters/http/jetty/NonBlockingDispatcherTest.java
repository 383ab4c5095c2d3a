package kassa.adapters.http.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import kassa.adapters.http.HttpServer;
import kassa.adapters.http.TestServer;
import kassa.application.telemetry.Telemetry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Constant responses of the selector thread are those of the routes. */
@Timeout(300)
class NonBlockingDispatcherTest {

  /** Accepts the same, but only a route reads weights. */
  private static final String TO_ROUTE = "Accept: application/json;q=1\n";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET  | /health      |
          GET  | /health/live |
          GET  | /version     |
          HEAD | /health      |
          HEAD | /version     |
          GET  | /health      | X-Request-Id: checkout-17
          GET  | /health      | traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
          GET  | /health      | Accept-Encoding: gzip, deflate
          GET  | /health      | Authorization: Bearer none
          """,
      delimiter = '|')
  void plain_request_gets_the_response_of_the_route(String method, String path, String header)
      throws IOException {
    String headers = header == null ? "" : header + "\n";

    assertThat(stable(exchange(method, path, headers)))
        .startsWith("HTTP/1.1 200 OK\n")
        .isEqualTo(stable(exchange(method, path, headers + TO_ROUTE)));
  }

  @Test
  void head_has_the_length_and_no_body() throws IOException {
    assertThat(exchange("HEAD", "/health", "")).contains("Content-Length: 45\n").endsWith("\n\n");
  }

  @Test
  void request_id_is_echoed_only_if_valid() throws IOException {
    assertThat(exchange("GET", "/health", "X-Request-Id: checkout-17\n"))
        .contains("X-Request-Id: checkout-17\n");
    assertThat(exchange("GET", "/health", "X-Request-Id: a b\n")).doesNotContain("a b");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          POST | /health    |                                          | 405
          GET  | /health    | Accept: text/html                        | 406
          GET  | /health    | Accept-Encoding: identity;q=0, gzip;q=0  | 406
          GET  | /health?a  |                                          | 400
          GET  | /health/   |                                          | 404
          GET  | /health;a  |                                          | 400
          GET  | /health    | Content-Type: a/b%Content-Type: a/c      | 400
          GET  | /health    | X-Request-Id: a%X-Request-Id: b          | 400
          GET  | /health    | Authorization: Bearer a%Authorization: b | 400
          """,
      delimiter = '|')
  void all_other_requests_are_checked_by_the_route(
      String method, String path, String headers, int status) throws IOException {
    String lines = headers == null ? "" : headers.replace('%', '\n') + "\n";

    assertThat(exchange(method, path, lines)).startsWith("HTTP/1.1 " + status + " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/version"})
  void is_live_before_the_api_is_served(String path) throws IOException {
    try (HttpServer starting =
        HttpServer.open(TestServer.config(), TestServer.VERSION, Telemetry.none())) {
      assertThat(exchange(starting.port(), "GET", path, "")).startsWith("HTTP/1.1 200 OK\n");
      for (String other : new String[] {"/health/ready", "/v1/orders"}) {
        assertThat(exchange(starting.port(), "GET", other, ""))
            .startsWith("HTTP/1.1 503 ")
            .contains("\"code\":\"starting\"", "Retry-After: 1\n", "X-Request-Id: ");
      }
    }
  }

  private static String exchange(String method, String path, String headers) throws IOException {
    return exchange(SERVER.http.port(), method, path, headers);
  }

  /** Sends a request and returns the response up to the end of the connection. */
  private static String exchange(int port, String method, String path, String headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          method + " " + path + " HTTP/1.1\nHost: kassa\nConnection: close\n" + headers + "\n";
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1).replace("\r", "");
    }
  }

  /** The response without what differs from request to request. */
  private static String stable(String response) {
    return response
        .replaceAll("(?m)^Date: .*$", "Date")
        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}", "random id");
  }
}
