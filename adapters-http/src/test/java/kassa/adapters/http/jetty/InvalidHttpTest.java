package kassa.adapters.http.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.order.OrderHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidHttpTest {

  private static final String POST =
      """
      POST /v1/orders HTTP/1.1
      Host: kassa
      Content-Type: application/json
      """;

  @AutoClose private static final TestServer SERVER = TestServer.start();

  @AutoClose private final RawHttpConnection connection = SERVER.client.openConnection();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\n\n",
        "\u0001\u0002\u0003\n\n",
        "GET /health\n\n",
        "GET /health HTTP/1.1\n\n",
        "GET /health HTTP/1.1\nHost: a\nHost: b\n\n",
        "GET /health HTTP/3.0\nHost: kassa\n\n",
        "PRI * HTTP/2.0\n\nSM\n\n",
        "GET /health HTTP/1.1\nHost: kassa\nno colon\n\n",
        "GET /health HTTP/1.1\nHost: kassa\nwhite space: in a name\n\n",
        "GET /health HTTP/1.1\nHost: kassa\nFolded: over\n two lines\n\n",
        "GET /health HTTP/1.1\nHost: kassa\nExpect: unknown\n\n",
        "GET /v1/orders/%zz HTTP/1.1\nHost: kassa\n\n",
        "GET /v1/orders/% HTTP/1.1\nHost: kassa\n\n",
        "GET /v1/orders/%FF HTTP/1.1\nHost: kassa\n\n",
        "GET /v1/orders/%00 HTTP/1.1\nHost: kassa\n\n",
        "GET /v1/products/A HTTP/1.1\nHost: kassa\nX-HTTP-Method-Override: DELETE\n\n",
        "GET //health HTTP/1.1\nHost: kassa\n\n",
        POST + "Content-Length: two\n\n{}",
        POST + "Content-Length: -1\n\n{}",
        POST + "Content-Length: 99999999999999999999\n\n{}",
        POST + "Content-Length: 1\nContent-Length: 2\n\n{}",
        POST + "Content-Length: 2\nTransfer-Encoding: chunked\n\n0\n\n",
        POST + "Transfer-Encoding: gzip\n\n{}"
      })
  void malformed_http_gets_a_problem_response(String request) {
    TestResponse response = connection.send(request).readResponseWithoutOperation();

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("bad_request");
    assertConnectionIsClosedAsAnnounced(response);
  }

  /** A client with a connection pool must not use a connection that the server closes. */
  private void assertConnectionIsClosedAsAnnounced(TestResponse response) {
    if (response.has("Connection")) {
      assertThat(response.header("Connection")).isEqualToIgnoringCase("close");
      assertThat(connection.isAtEnd()).isTrue();
    } else {
      connection.send("GET /health HTTP/1.1\nHost: kassa\n\n");
      assertThat(connection.readResponse("GET", "/health").status()).isEqualTo(200);
    }
  }

  @Test
  void tls_on_a_plain_port_gets_a_problem_response() {
    byte[] hello = {0x16, 3, 1, 0, (byte) 0xC8, 1, 0, 0, (byte) 0xC4, 3, 3};

    assertThat(connection.send(hello).shutdownOutput().readResponseWithoutOperation().status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1/orders?cursor="})
  void rejects_too_long_uri(String start) {
    String target = start + "a".repeat(10_000);
    String request = "GET " + target + " HTTP/1.1\nHost: kassa\n\n";

    TestResponse response = connection.send(request).readResponseWithoutOperation();

    assertThat(response.status()).isEqualTo(414);
    assertConnectionIsClosedAsAnnounced(response);
  }

  @Test
  void rejects_too_large_headers() {
    String request = "GET /health HTTP/1.1\nHost: kassa\nX: " + "a".repeat(10_000) + "\n\n";

    assertThat(connection.send(request).readResponseWithoutOperation().status()).isEqualTo(431);
  }

  @Test
  void rejects_too_many_headers() {
    String request = "GET /health HTTP/1.1\nHost: kassa\n" + "X: abc\n".repeat(2_000) + "\n";

    assertThat(connection.send(request).readResponseWithoutOperation().status()).isEqualTo(431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1000\n\n{\"currency\": ",
        "Transfer-Encoding: chunked\n\n5\n{",
        "Transfer-Encoding: chunked\n\n2\n{}\n",
        "Transfer-Encoding: chunked\n\nzz\n{}\n0\n\n"
      })
  void incomplete_body_is_rejected_and_places_nothing(String rest) {
    TestResponse response =
        connection.send(POST + rest).shutdownOutput().readResponse("POST", "/v1/orders");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("bad_request");
    assertThat(SERVER.client.get("/v1/orders").json().get("data")).isEmpty();
  }

  @Test
  void rejects_large_body_by_content_length_without_reading_it() {
    TestResponse response =
        connection.send(POST + "Content-Length: 1048577\n\n").readResponse("POST", "/v1/orders");

    assertThat(response.status()).isEqualTo(413);
  }

  @Test
  void rejects_large_body_before_100_continue() {
    TestResponse response =
        connection
            .send(POST + "Expect: 100-continue\nContent-Length: 1048577\n\n")
            .readResponse("POST", "/v1/orders");

    assertThat(response.status()).isEqualTo(413);
  }

  @Test
  void rejects_chunked_body_as_soon_as_it_is_too_large() {
    connection.send(POST + "Transfer-Encoding: chunked\n\n");
    for (int i = 0; i < 16; i++) {
      connection.send("10000\n" + " ".repeat(1 << 16) + "\n");
    }

    TestResponse response = connection.send("1\n \n").readResponse("POST", "/v1/orders");

    assertThat(response.status()).isEqualTo(413);
  }

  @Test
  void accepts_chunked_body() {
    String body =
        OrderBodies.VALID_ORDER
            .chars()
            .mapToObj(each -> "1\n" + (char) each + "\n")
            .reduce("", String::concat);

    try (TestServer server = TestServer.start();
        RawHttpConnection other = server.client.openConnection()) {
      TestResponse response =
          other
              .send(POST + "Transfer-Encoding: chunked\n\n" + body + "0\n\n")
              .readResponse("POST", "/v1/orders");

      assertThat(response.status()).isEqualTo(201);
    }
  }

  @Test
  void accepts_body_of_exactly_one_mebibyte() {
    String spaces =
        " ".repeat(OrderHandlers.MAX_BODY_BYTES - OrderBodies.VALID_ORDER.getBytes(UTF_8).length);

    try (TestServer server = TestServer.start()) {
      assertThat(server.client.place(spaces + OrderBodies.VALID_ORDER).status()).isEqualTo(201);
    }
  }

  @Test
  void next_connection_works_after_malformed_request() {
    connection.send("nonsense\n\n").readResponseWithoutOperation();

    assertThat(SERVER.client.get("/health").status()).isEqualTo(200);
  }
}
