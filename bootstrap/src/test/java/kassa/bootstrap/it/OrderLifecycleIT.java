package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Concurrent transitions and refunds through the real launcher on both databases. */
@Timeout(600)
class OrderLifecycleIT {

  private static final String TEN_MUGS =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;
  private static final String ONE_MUG = "{\"lines\":[{\"sku\":\"MUG\",\"quantity\":1}]}";

  /** Servers for all tests, each of which has its own orders. */
  @AutoClose private static PostgresDatabase postgres;

  @AutoClose private static KassaProcess one;
  @AutoClose private static KassaProcess other;
  @AutoClose private static KassaProcess onH2;

  @BeforeAll
  static void startServers(@TempDir Path folder) throws Exception {
    postgres = PostgresDatabase.create();
    one = KassaProcess.startServer(folder, "--db-url", postgres.url());
    other = KassaProcess.startServer(folder, "--db-url", postgres.url());
    onH2 = KassaProcess.startServer(folder);
  }

  @Test
  void concurrent_transitions_and_refunds_are_consistent_on_h2() throws Exception {
    runLifecycleConcurrently(onH2, onH2);
  }

  @Test
  void concurrent_transitions_and_refunds_are_consistent_on_two_nodes() throws Exception {
    runLifecycleConcurrently(one, other);
  }

  @Test
  void concurrent_calls_with_one_idempotency_key_run_once_on_h2() throws Exception {
    assertEachCallRunsOnce(onH2, onH2);
  }

  @Test
  void concurrent_calls_with_one_idempotency_key_run_once_on_two_nodes() throws Exception {
    assertEachCallRunsOnce(one, other);
  }

  @Test
  void two_hundred_equal_requests_on_two_nodes_place_one_order() throws Exception {
    String order = TEN_MUGS.replace("{\"currency\"", "{\"customerId\":\"c-once\",\"currency\"");
    HttpResponse<String> placed =
        assertSameResponses(
            201, i -> node(i, one, other).postIdempotently("/v1/orders", order, "k-1"));

    for (KassaProcess node : List.of(one, other)) {
      assertThat(node.get("/v1/orders?customerId=c-once").body())
          .isEqualTo("{\"data\":[" + placed.body() + "],\"nextCursor\":null}");
    }
    HttpResponse<String> later = other.postIdempotently("/v1/orders", order, "k-1");
    assertThat(later.body()).isEqualTo(placed.body());
    assertThat(isReplayed(later)).isTrue();
  }

  private static void assertEachCallRunsOnce(KassaProcess one, KassaProcess other)
      throws Exception {
    String path = place(one);

    HttpResponse<String> paid =
        assertSameResponses(
            200,
            i ->
                node(i, one, other)
                    .postIdempotently(path + "/pay", "{}", "pay", "If-Match", "\"1\""));
    assertThat(paid.body()).contains("\"status\":\"paid\"", "\"version\":2");

    // The paid amount would allow several of these refunds; the key must prevent a second one.
    HttpResponse<String> refunded =
        assertSameResponses(
            201, i -> node(i, one, other).postIdempotently(path + "/refunds", ONE_MUG, "mug"));
    // Nothing remains for a second refund: without the key it would be rejected, not replayed.
    String rest = "{\"amount\":\"810.00\"}";
    assertSameResponses(
        201, i -> node(i, one, other).postIdempotently(path + "/refunds", rest, "rest"));
    assertThat(other.get(path + "/refunds").body().split("\"orderId\"", -1)).hasSize(3);
    assertThat(one.get(path).body()).contains("\"refundedTotal\":\"900.00\"", "\"version\":4");
    assertThat(other.postIdempotently(path + "/refunds", ONE_MUG, "mug").body())
        .isEqualTo(refunded.body());

    String rule = "{\"effects\":[{\"type\":\"percent_off_order\",\"percent\":\"5\"}]}";
    String id =
        assertSameResponses(
                201, i -> node(i, one, other).postIdempotently("/v1/rules", rule, "rule"))
            .headers()
            .firstValue("Location")
            .orElseThrow()
            .substring("/v1/rules/".length());
    String codes = "{\"ruleId\":\"" + id + "\",\"count\":3}";
    assertSameResponses(
        201, i -> node(i, one, other).postIdempotently("/v1/codes", codes, "codes"));
    assertThat(one.get("/v1/codes?ruleId=" + id).body().split("\"code\"", -1)).hasSize(4);
    String pen = "{\"sku\":\"PEN\",\"name\":\"Pen\",\"unitPrice\":\"1\",\"currency\":\"EUR\"}";
    assertSameResponses(201, i -> node(i, one, other).postIdempotently("/v1/products", pen, "pen"));
  }

  /** Sends a request 200 times concurrently: all responses except 409 are equal. */
  private static HttpResponse<String> assertSameResponses(
      int status, IntFunction<HttpResponse<String>> call) throws Exception {
    List<HttpResponse<String>> done = new ArrayList<>();
    for (HttpResponse<String> response : runConcurrently(200, call)) {
      if (response.statusCode() == 409) {
        assertThat(response.body()).contains("request_in_progress");
      } else {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        done.add(response);
      }
    }
    assertThat(done.stream().map(HttpResponse::body).distinct()).hasSize(1);
    assertThat(done.stream().map(OrderLifecycleIT::isReplayed).filter(replayed -> !replayed))
        .hasSize(1);
    return done.getFirst();
  }

  private static boolean isReplayed(HttpResponse<String> response) {
    return response.headers().firstValue("Idempotent-Replayed").isPresent();
  }

  private static void runLifecycleConcurrently(KassaProcess one, KassaProcess other)
      throws Exception {
    String path = place(one);

    List<Integer> moved =
        runConcurrently(16, i -> node(i, one, other).send("POST", path + "/pay", "\"1\"", "{}"))
            .stream()
            .map(HttpResponse::statusCode)
            .toList();
    assertThat(moved).containsOnlyOnce(200).allMatch(status -> status == 200 || status == 412);

    List<Integer> refunded =
        runConcurrently(30, i -> node(i, one, other).post(path + "/refunds", ONE_MUG)).stream()
            .map(HttpResponse::statusCode)
            .toList();
    assertThat(refunded).filteredOn(status -> status == 201).hasSize(10);
    assertThat(refunded).filteredOn(status -> status == 409).hasSize(20);

    HttpResponse<String> order = one.get(path);
    assertThat(order.body()).contains("\"refundedTotal\":\"900.00\"", "\"version\":12");
    assertThat(other.get(path + "/refunds").body().split("\"orderId\"", -1)).hasSize(11);
    assertThat(one.get(path + "/events").body().split("\"refunded\"", -1)).hasSize(11);
    assertThat(one.send("POST", path + "/ship", "\"12\"", "{}").statusCode()).isEqualTo(200);
    assertThat(other.send("POST", path + "/cancel", "\"13\"", "{}").body())
        .contains("invalid_transition", "\"allowed\":[\"completed\"]");
  }

  /** Places an order and returns its path. */
  private static String place(KassaProcess kassa) {
    HttpResponse<String> placed = kassa.post("/v1/orders", TEN_MUGS);
    assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
    return placed.headers().firstValue("Location").orElseThrow();
  }

  private static KassaProcess node(int i, KassaProcess one, KassaProcess other) {
    return i % 2 == 0 ? one : other;
  }

  private static <T> List<T> runConcurrently(int times, IntFunction<T> call) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
      List<Callable<T>> calls =
          IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> call.apply(i)).toList();
      List<T> responses = new ArrayList<>();
      for (Future<T> response : threads.invokeAll(calls)) {
        responses.add(response.get());
      }
      return responses;
    }
  }
}
