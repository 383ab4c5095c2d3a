package kassa.adapters.http.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CancelOrderEndpointTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;
  private final TestResponse placed = client.place(OrderBodies.orderWith("quantity", "10"));
  private final String path = "/v1/orders/" + placed.at("/id");

  @Test
  void returns_the_cancelled_order() {
    TestResponse cancelled =
        cancel("{\"reason\": \"The customer\\nchanged their mind.\"}", "\"1\"");

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
  void cancels_by_order_number() {
    TestResponse cancelled =
        client.post("/v1/orders/" + placed.at("/number") + "/cancel", "", "If-Match", "\"1\"");

    assertThat(cancelled.at("/id")).isEqualTo(placed.at("/id"));
    assertThat(cancelled.at("/status")).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"reason\": null}"})
  void reason_is_optional(String body) {
    TestResponse cancelled = cancel(body, "\"1\"");

    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.json().get("cancelReason").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "\"7\", \"1\"", "*", "\"1-explained\""})
  void accepts_every_matching_if_match(String tags) {
    assertThat(cancel("", tags).status()).isEqualTo(200);
  }

  @Test
  void requires_if_match() {
    TestResponse response = client.post(path + "/cancel", "{}");

    assertThat(response.status()).isEqualTo(428);
    assertThat(response.at("/code")).isEqualTo("precondition_required");
    assertThat(client.get(path).body()).isEqualTo(placed.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "W/\"1\"", "1", "\"\"", "", "\"2-explained\"", "\"1-other\""})
  void rejects_outdated_if_match(String tags) {
    TestResponse response = cancel("", tags);

    assertThat(response.status()).isEqualTo(412);
    assertThat(response.at("/code")).isEqualTo("precondition_failed");
    assertThat(client.get(path).body()).isEqualTo(placed.body());
  }

  @Test
  void second_cancellation_is_rejected_with_allowed_transitions() {
    cancel("{\"reason\": \"first\"}", "\"1\"");

    TestResponse second = cancel("{\"reason\": \"second\"}", "\"2\"");

    assertThat(second.status()).isEqualTo(409);
    assertThat(second.at("/code")).isEqualTo("invalid_transition");
    assertThat(second.at("/detail"))
        .isEqualTo("The order is cancelled; allowed next statuses: none.");
    assertThat(second.json().get("allowed")).isEqualTo(TestJson.read("[]"));
    assertThat(cancel("", "\"1\"").status()).isEqualTo(412);
    assertThat(client.get(path).at("/cancelReason")).isEqualTo("first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ord_00000000000000000000000000", "0", "999999999999999999", "x"})
  void unknown_order_is_not_found(String id) {
    TestResponse response = client.post("/v1/orders/" + id + "/cancel", "", "If-Match", "*");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.at("/detail")).isEqualTo("The order does not exist.");
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
          """,
      delimiter = '|')
  void rejects_invalid_body(String body, int status, String violation) {
    TestResponse response = cancel(body, "\"1\"");

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.violations()).containsExactly(violation);
    assertThat(client.get(path).body()).isEqualTo(placed.body());
  }

  @Test
  void reason_has_at_most_five_hundred_characters() {
    assertThat(cancel("{\"reason\": \"" + "ä".repeat(501) + "\"}", "\"1\"").violations())
        .containsExactly("/reason too_long");
    assertThat(cancel("{\"reason\": \"" + "ä".repeat(500) + "\"}", "\"1\"").status())
        .isEqualTo(200);
  }

  @Test
  void rejects_malformed_or_too_large_body() {
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
  void cancellation_releases_limit_usage() {
    SERVER.activateRule(
        """
        {"code": "ONCE", "limits": {"total": 1},
         "effects": [{"type": "percent_off_order", "percent": "50"}]}
        """);
    String body =
        """
        {"currency": "USD", "codes": ["once"],
         "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "10.00"}]}
        """;
    TestResponse first = client.place(body);
    assertThat(client.post("/v1/orders", body).violations())
        .containsExactly("/codes/0 usage_limit_reached");

    client.post("/v1/orders/" + first.at("/id") + "/cancel", "", "If-Match", "\"1\"");

    assertThat(client.place(body).at("/total")).isEqualTo("5.00");
  }

  @Test
  void only_one_of_many_concurrent_cancellations_succeeds() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> call = () -> cancel("", "\"1\"").status();
      List<Future<Integer>> statuses =
          executor.invokeAll(Stream.generate(() -> call).limit(8).toList());

      assertThat(statuses.stream().map(Future::resultNow))
          .containsOnlyOnce(200)
          .allMatch(status -> status == 200 || status == 412);
    }
  }

  private TestResponse cancel(String body, String tags) {
    return client.post(
        path + "/cancel", body, "Content-Type", "application/json", "If-Match", tags);
  }
}
