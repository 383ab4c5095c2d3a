package kassa.adapters.http.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
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

class OrderTransitionEndpointTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;
  private final TestResponse placed = client.place(OrderBodies.orderWith("quantity", "10"));
  private final String path = "/v1/orders/" + placed.at("/id");

  @Test
  void transitions_order_to_completed_and_lists_its_history() {
    TestResponse paid = transition("pay", "\"1\"", "{\"reason\": \"By transfer\"}");
    TestResponse shipped = transition("ship", paid.header("ETag"), "{}");
    TestResponse completed = transition("complete", shipped.header("ETag"), "");

    assertThat(paid.at("/status")).isEqualTo("paid");
    assertThat(shipped.at("/status")).isEqualTo("shipped");
    assertThat(completed.at("/status")).isEqualTo("completed");
    assertThat(completed.at("/version")).isEqualTo("4");
    assertThat(completed.at("/cancelReason")).isEmpty();
    assertThat(completed.header("ETag")).isEqualTo("\"4\"");
    assertThat(client.get(path).body()).isEqualTo(completed.body());
    TestResponse events = client.get(path + "/events");
    assertThat(events.json().get("data").findValuesAsString("type"))
        .containsExactly("placed", "paid", "shipped", "completed");
    assertThat(events.at("/data/1/reason")).isEqualTo("By transfer");
    assertThat(events.at("/data/3/from")).isEqualTo("shipped");
    assertThat(events.at("/data/3/to")).isEqualTo("completed");
    assertThat(events.at("/data/3/at")).isEqualTo(completed.at("/updatedAt"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # before          | transition | status | allowed
                             | ship     | placed       | ["paid","cancelled"]
                             | complete | placed       | ["paid","cancelled"]
          pay                | pay      | paid         | ["shipped","cancelled"]
          pay                | complete | paid         | ["shipped","cancelled"]
          pay ship           | pay      | shipped      | ["completed"]
          pay ship           | ship     | shipped      | ["completed"]
          pay ship           | cancel   | shipped      | ["completed"]
          pay ship complete  | complete | completed    | []
          pay ship complete  | cancel   | completed    | []
          cancel             | pay      | cancelled    | []
          pay cancel         | ship     | cancelled    | []
          """,
      delimiter = '|',
      quoteCharacter = '\'')
  void rejects_illegal_transition_and_lists_allowed_ones(
      String before, String transition, String status, String allowed) {
    if (before != null) {
      for (String step : before.split(" ", -1)) {
        transition(step, "*", "");
      }
    }
    TestResponse current = client.get(path);

    TestResponse refused = transition(transition, "*", "");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("invalid_transition");
    assertThat(refused.json().get("allowed")).isEqualTo(TestJson.read(allowed));
    assertThat(refused.at("/detail")).startsWith("The order is " + status + ";");
    assertThat(client.get(path).body()).isEqualTo(current.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pay", "ship", "complete", "cancel"})
  void requires_if_match(String transition) {
    assertThat(client.post(path + "/" + transition, "{}").status()).isEqualTo(428);
    assertThat(transition(transition, "\"7\"", "").status()).isEqualTo(412);
    assertThat(client.post("/v1/orders/0/" + transition, "", "If-Match", "*").status())
        .isEqualTo(404);
    assertThat(transition(transition, "\"1\"", "{\"by\": \"me\"}").violations())
        .containsExactly("/by unknown_field");
    assertThat(client.get(path).body()).isEqualTo(placed.body());
  }

  @Test
  void only_one_of_two_concurrent_transitions_succeeds() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          IntStream.range(0, 8)
              .<Callable<Integer>>mapToObj(
                  i -> () -> transition(i % 2 == 0 ? "pay" : "cancel", "\"1\"", "").status())
              .toList();

      assertThat(executor.invokeAll(calls).stream().map(Future::resultNow))
          .containsOnlyOnce(200)
          .allMatch(status -> status == 200 || status == 412);
    }
    assertThat(client.get(path).at("/version")).isEqualTo("2");
    assertThat(client.get(path + "/events").json().get("data")).hasSize(2);
  }

  @Test
  void conditional_get_is_not_modified_until_the_order_changes() {
    assertThat(client.get(path, "If-None-Match", "\"1\"").status()).isEqualTo(304);
    transition("pay", "\"1\"", "");
    assertThat(client.get(path, "If-None-Match", "\"1\"").status()).isEqualTo(200);
  }

  @Test
  void filters_orders_by_status() {
    transition("pay", "\"1\"", "");

    assertThat(client.get("/v1/orders?limit=200&status=paid,shipped").body())
        .contains(placed.at("/id"));
    assertThat(client.get("/v1/orders?limit=200&status=placed,cancelled").body())
        .doesNotContain(placed.at("/id"));
  }

  private TestResponse transition(String transition, String tags, String body) {
    return client.post(
        path + "/" + transition, body, "Content-Type", "application/json", "If-Match", tags);
  }
}
