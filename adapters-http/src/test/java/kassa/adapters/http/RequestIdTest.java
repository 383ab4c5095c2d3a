package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestIdTest {

  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;

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
  void every_answer_carries_the_id_that_was_sent(String method, String target, int status) {
    Answer answer = client.send(method, target, new byte[0], "X-Request-Id", "mine-1");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("X-Request-Id")).isEqualTo("mine-1");
  }

  @Test
  void an_order_carries_the_id_that_was_sent() {
    Answer placed =
        client.post(
            "/v1/orders",
            Bodies.GOOD,
            "Content-Type",
            "application/json",
            "X-Request-Id",
            "mine-2");

    assertThat(placed.header("X-Request-Id")).isEqualTo("mine-2");
  }

  @Test
  void an_id_that_is_not_fit_is_replaced() {
    Answer answer = client.get("/nowhere", "X-Request-Id", "not fit");

    assertThat(answer.header("X-Request-Id")).matches(UUID);
    assertThat(answer.at("/requestId")).isEqualTo(answer.header("X-Request-Id"));
  }

  @Test
  void the_trace_of_the_request_is_its_id() {
    Answer answer =
        client.get(
            "/health", "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    assertThat(answer.header("X-Request-Id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void each_request_without_one_gets_an_id_of_its_own() {
    String first = client.get("/health").header("X-Request-Id");
    String second = client.get("/health").header("X-Request-Id");

    assertThat(first).matches(UUID).isNotEqualTo(second);
  }

  @Test
  void what_never_reaches_a_call_carries_it_too() {
    try (RawConnection connection = client.open()) {
      Answer answer =
          connection
              .send(
                  """
                  OPTIONS * HTTP/1.1
                  Host: kassa
                  X-Request-Id: mine-3

                  """)
              .answerOfNoCall();

      assertThat(answer.header("X-Request-Id")).isEqualTo("mine-3");
    }
  }
}
