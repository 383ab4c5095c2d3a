package kassa.adapters.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestIdHeaderTest {

  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET    | /health           | 200
          HEAD   | /health           | 200
          GET    | /docs             | 200
          GET    | /v1/orders        | 200
          GET    | /v1/orders?a=b    | 400
          POST   | /v1/orders        | 415
          GET    | /v1/orders/0      | 404
          GET    | /nowhere          | 404
          DELETE | /health           | 405
          """,
      delimiter = '|')
  void every_response_has_the_request_id_that_was_sent(String method, String target, int status) {
    TestResponse response = client.send(method, target, new byte[0], "X-Request-Id", "mine-1");

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("X-Request-Id")).isEqualTo("mine-1");
  }

  @Test
  void order_response_has_the_request_id_that_was_sent() {
    TestResponse placed =
        client.post(
            "/v1/orders",
            OrderBodies.VALID_ORDER,
            "Content-Type",
            "application/json",
            "X-Request-Id",
            "mine-2");

    assertThat(placed.header("X-Request-Id")).isEqualTo("mine-2");
  }

  @Test
  void invalid_request_id_is_replaced() {
    TestResponse response = client.get("/nowhere", "X-Request-Id", "not valid");

    assertThat(response.header("X-Request-Id")).matches(UUID);
    assertThat(response.at("/requestId")).isEqualTo(response.header("X-Request-Id"));
  }

  @Test
  void traceparent_provides_the_request_id() {
    TestResponse response =
        client.get(
            "/health", "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    assertThat(response.header("X-Request-Id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void request_without_id_gets_a_unique_id() {
    String first = client.get("/health").header("X-Request-Id");
    String second = client.get("/health").header("X-Request-Id");

    assertThat(first).matches(UUID).isNotEqualTo(second);
  }

  @Test
  void errors_before_routing_have_a_request_id() {
    try (RawHttpConnection connection = client.openConnection()) {
      TestResponse response =
          connection
              .send(
                  """
                  OPTIONS * HTTP/1.1
                  Host: kassa
                  X-Request-Id: mine-3

                  """)
              .readResponseWithoutOperation();

      assertThat(response.header("X-Request-Id")).isEqualTo("mine-3");
    }
  }
}
