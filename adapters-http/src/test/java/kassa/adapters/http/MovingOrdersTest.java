package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MovingOrdersTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;
  private final Answer placed = client.place(Bodies.orderWith("quantity", "10"));
  private final String path = "/v1/orders/" + placed.at("/id");

  @Test
  void leads_an_order_to_its_end_and_tells_its_history() {
    Answer paid = move("pay", "\"1\"", "{\"reason\": \"By transfer\"}");
    Answer shipped = move("ship", paid.header("ETag"), "{}");
    Answer completed = move("complete", shipped.header("ETag"), "");

    assertThat(paid.at("/status")).isEqualTo("paid");
    assertThat(shipped.at("/status")).isEqualTo("shipped");
    assertThat(completed.at("/status")).isEqualTo("completed");
    assertThat(completed.at("/version")).isEqualTo("4");
    assertThat(completed.at("/cancelReason")).isEmpty();
    assertThat(completed.header("ETag")).isEqualTo("\"4\"");
    assertThat(client.get(path).body()).isEqualTo(completed.body());
    Answer events = client.get(path + "/events");
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
          # before           | move     | the order is | allowed
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
  void refuses_a_move_that_the_status_does_not_allow_and_names_what_it_does(
      String before, String move, String status, String allowed) {
    if (before != null) {
      for (String step : before.split(" ", -1)) {
        move(step, "*", "");
      }
    }
    Answer was = client.get(path);

    Answer refused = move(move, "*", "");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("invalid_transition");
    assertThat(refused.json().get("allowed")).isEqualTo(Json.read(allowed));
    assertThat(refused.at("/detail")).startsWith("The order is " + status + ";");
    assertThat(client.get(path).body()).isEqualTo(was.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pay", "ship", "complete", "cancel"})
  void demands_to_know_which_version_is_meant(String move) {
    assertThat(client.post(path + "/" + move, "{}").status()).isEqualTo(428);
    assertThat(move(move, "\"7\"", "").status()).isEqualTo(412);
    assertThat(client.post("/v1/orders/0/" + move, "", "If-Match", "*").status()).isEqualTo(404);
    assertThat(move(move, "\"1\"", "{\"by\": \"me\"}").flaws())
        .containsExactly("/by unknown_field");
    assertThat(client.get(path).body()).isEqualTo(placed.body());
  }

  @Test
  void of_two_clerks_who_move_an_order_at_once_one_wins() throws Exception {
    try (ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          IntStream.range(0, 8)
              .<Callable<Integer>>mapToObj(
                  i -> () -> move(i % 2 == 0 ? "pay" : "cancel", "\"1\"", "").status())
              .toList();

      assertThat(clerks.invokeAll(calls).stream().map(Future::resultNow))
          .containsOnlyOnce(200)
          .allMatch(status -> status == 200 || status == 412);
    }
    assertThat(client.get(path).at("/version")).isEqualTo("2");
    assertThat(client.get(path + "/events").json().get("data")).hasSize(2);
  }

  @Test
  void answers_that_nothing_changed_until_something_does() {
    assertThat(client.get(path, "If-None-Match", "\"1\"").status()).isEqualTo(304);
    move("pay", "\"1\"", "");
    assertThat(client.get(path, "If-None-Match", "\"1\"").status()).isEqualTo(200);
  }

  @Test
  void finds_orders_by_their_status() {
    move("pay", "\"1\"", "");

    assertThat(client.get("/v1/orders?limit=200&status=paid,shipped").body())
        .contains(placed.at("/id"));
    assertThat(client.get("/v1/orders?limit=200&status=placed,cancelled").body())
        .doesNotContain(placed.at("/id"));
  }

  private Answer move(String move, String tags, String body) {
    return client.post(
        path + "/" + move, body, "Content-Type", "application/json", "If-Match", tags);
  }
}
