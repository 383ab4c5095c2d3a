package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CancellingOrdersTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;
  private final Answer placed = client.place(Bodies.orderWith("quantity", "10"));
  private final String path = "/v1/orders/" + placed.at("/id");

  @Test
  void answers_the_order_as_it_is_now() {
    Answer cancelled = cancel("{\"reason\": \"The customer\\nchanged their mind.\"}", "\"1\"");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.at("/status")).isEqualTo("cancelled");
    assertThat(cancelled.at("/version")).isEqualTo("2");
    assertThat(cancelled.at("/cancelReason")).isEqualTo("The customer\nchanged their mind.");
    assertThat(cancelled.at("/total")).isEqualTo(placed.at("/total"));
    assertThat(cancelled.at("/placedAt")).isEqualTo(placed.at("/placedAt"));
    assertThat(cancelled.at("/updatedAt")).isGreaterThan(placed.at("/updatedAt"));
    assertThat(cancelled.header("ETag")).isEqualTo("\"2\"");
    assertThat(client.get(path).body()).isEqualTo(cancelled.body());
  }

  @Test
  void finds_the_order_by_its_number_too() {
    Answer cancelled =
        client.post("/v1/orders/" + placed.at("/number") + "/cancel", "", "If-Match", "\"1\"");

    assertThat(cancelled.at("/id")).isEqualTo(placed.at("/id"));
    assertThat(cancelled.at("/status")).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"reason\": null}"})
  void needs_no_reason(String body) {
    Answer cancelled = cancel(body, "\"1\"");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.json().get("cancelReason").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "\"7\", \"1\"", "*", "\"1-explained\""})
  void takes_every_tag_that_names_the_version(String tags) {
    assertThat(cancel("", tags).status()).isEqualTo(200);
  }

  @Test
  void demands_to_know_which_version_is_meant() {
    Answer answer = client.post(path + "/cancel", "{}");

    assertThat(answer.status()).isEqualTo(428);
    assertThat(answer.at("/code")).isEqualTo("precondition_required");
    assertThat(client.get(path).body()).isEqualTo(placed.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "W/\"1\"", "1", "\"\"", "", "\"2-explained\"", "\"1-other\""})
  void does_not_cancel_what_the_caller_has_not_seen(String tags) {
    Answer answer = cancel("", tags);

    assertThat(answer.status()).isEqualTo(412);
    assertThat(answer.at("/code")).isEqualTo("precondition_failed");
    assertThat(client.get(path).body()).isEqualTo(placed.body());
  }

  @Test
  void does_not_cancel_twice_and_says_what_is_allowed() {
    cancel("{\"reason\": \"first\"}", "\"1\"");

    Answer again = cancel("{\"reason\": \"second\"}", "\"2\"");

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/code")).isEqualTo("invalid_transition");
    assertThat(again.at("/detail"))
        .isEqualTo("The order is cancelled; what may come next is nothing.");
    assertThat(again.json().get("allowed")).isEqualTo(Json.read("[]"));
    assertThat(cancel("", "\"1\"").status()).isEqualTo(412);
    assertThat(client.get(path).at("/cancelReason")).isEqualTo("first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ord_00000000000000000000000000", "0", "999999999999999999", "x"})
  void knows_when_there_is_no_such_order(String id) {
    Answer answer = client.post("/v1/orders/" + id + "/cancel", "", "If-Match", "*");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/detail")).isEqualTo("There is no such order.");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"reason": 7}                  | 400 | /reason wrong_type
          {"reason": ["a"]}              | 400 | /reason wrong_type
          {"reason": ""}                 | 422 | /reason empty
          {"reason": "a\\u0000"}         | 422 | /reason malformed
          {"reason": "a", "by": "me"}    | 400 | /by unknown_field
          {"Reason": "a"}                | 400 | /Reason unknown_field
          []                             | 400 | wrong_type
          "changed their mind"           | 400 | wrong_type
          null                           | 400 | wrong_type
          """,
      delimiter = '|')
  void refuses_a_body_that_is_not_as_it_should_be(String body, int status, String flaw) {
    Answer answer = cancel(body, "\"1\"");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.flaws()).containsExactly(flaw);
    assertThat(client.get(path).body()).isEqualTo(placed.body());
  }

  @Test
  void takes_a_reason_of_five_hundred_characters_and_no_longer_one() {
    assertThat(cancel("{\"reason\": \"" + "ä".repeat(501) + "\"}", "\"1\"").flaws())
        .containsExactly("/reason too_long");
    assertThat(cancel("{\"reason\": \"" + "ä".repeat(500) + "\"}", "\"1\"").status())
        .isEqualTo(200);
  }

  @Test
  void refuses_a_body_that_is_not_JSON_or_too_large() {
    assertThat(cancel("{", "\"1\"").at("/code")).isEqualTo("malformed_json");
    assertThat(
            client
                .post(path + "/cancel", "x", "Content-Type", "text/plain", "If-Match", "\"1\"")
                .status())
        .isEqualTo(415);
    assertThat(cancel("{\"reason\": \"" + " ".repeat(1 << 16) + "\"}", "\"1\"").status())
        .isEqualTo(413);
  }

  @Test
  void gives_back_what_the_order_used_of_a_limit() {
    SERVER.putInForce(
        """
        {"code": "ONCE", "limits": {"total": 1},
         "effects": [{"type": "percent_off_order", "percent": "50"}]}
        """);
    String body =
        """
        {"currency": "USD", "codes": ["once"],
         "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "10.00"}]}
        """;
    Answer first = client.place(body);
    assertThat(client.post("/v1/orders", body).flaws())
        .containsExactly("/codes/0 usage_limit_reached");

    client.post("/v1/orders/" + first.at("/id") + "/cancel", "", "If-Match", "\"1\"");

    assertThat(client.place(body).at("/total")).isEqualTo("5.00");
  }

  @Test
  void of_many_who_cancel_at_once_one_does() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> call = () -> cancel("", "\"1\"").status();
      List<Future<Integer>> statuses =
          callers.invokeAll(Stream.generate(() -> call).limit(8).toList());

      assertThat(statuses.stream().map(Future::resultNow))
          .containsOnlyOnce(200)
          .allMatch(status -> status == 200 || status == 412);
    }
  }

  private Answer cancel(String body, String tags) {
    return client.post(
        path + "/cancel", body, "Content-Type", "application/json", "If-Match", tags);
  }
}
