package kassa.adapters.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadBodyTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  @AutoClose private final RawHttpConnection connection = SERVER.client.openConnection();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          POST   | /v1/orders | Content-Type: text/plain        | 415
          POST   | /v1/orders | Accept: text/html               | 406
          POST   | /v1/orders | Idempotency-Key: a b            | 400
          POST   | /v1/orders/batch | Idempotency-Key: k        | 400
          POST   | /nowhere   | Content-Type: application/json  | 404
          DELETE | /v1/orders | Content-Type: application/json  | 405
          DELETE | /v1/products/MUG | Content-Type: application/json | 404
          POST   | /v1/products/import | Content-Type: text/plain | 415
          GET    | /health    | Content-Type: application/json  | 200
          """,
      delimiter = '|')
  void unread_body_closes_the_connection(String method, String path, String header, int status) {
    for (String framing : new String[] {"Content-Length: 3", "Transfer-Encoding: chunked"}) {
      try (RawHttpConnection other = SERVER.client.openConnection()) {
        TestResponse response =
            other
                .send(
                    "%s %s HTTP/1.1\nHost: kassa\n%s\n%s\n\n"
                        .formatted(method, path, header, framing))
                .readResponse(method, path);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("Connection")).isEqualToIgnoringCase("close");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{", "[]"})
  void read_body_keeps_the_connection(String body) {
    for (int i = 0; i < 2; i++) {
      TestResponse response =
          connection
              .send(
                  """
                  POST /v1/orders HTTP/1.1
                  Host: kassa
                  Content-Type: application/json
                  Content-Length: %s

                  %s\
                  """
                      .formatted(body.length(), body))
              .readResponse("POST", "/v1/orders");

      assertThat(response.status()).isBetween(400, 422);
      assertThat(response.has("Connection")).isFalse();
    }
  }

  @Test
  void missing_body_keeps_the_connection() {
    for (int i = 0; i < 2; i++) {
      TestResponse response =
          connection.send("GET /nowhere HTTP/1.1\nHost: kassa\n\n").readResponse("GET", "/nowhere");

      assertThat(response.has("Connection")).isFalse();
    }
  }
}
