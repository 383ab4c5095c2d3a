package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Orders that clerks move and refund at once, through the real launcher on both databases. */
@Timeout(180)
class LifeCycleIT {

  private static final String TEN_MUGS =
      """
      {"currency":"USD","lines":[{"sku":"MUG","quantity":10,"unitPrice":"100.00"}]}\
      """;
  private static final String ONE_MUG = "{\"lines\":[{\"sku\":\"MUG\",\"quantity\":1}]}";

  @TempDir private Path folder;

  @Test
  void nothing_is_lost_and_nothing_given_back_twice_on_the_embedded_database() throws Exception {
    try (Launched kassa = Launched.serve(folder)) {
      leadThroughLife(kassa, kassa);
    }
  }

  @Test
  void nothing_is_lost_and_nothing_given_back_twice_on_two_nodes() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String database = postgres.getJdbcUrl("postgres", "postgres");
      try (Launched one = Launched.serve(folder, "--db-url", database);
          Launched other = Launched.serve(folder, "--db-url", database)) {
        leadThroughLife(one, other);
      }
    }
  }

  private static void leadThroughLife(Launched one, Launched other) throws Exception {
    assertThat(one.post("/v1/orders", TEN_MUGS).statusCode()).isEqualTo(201);

    List<Integer> moved =
        atOnce(16, i -> node(i, one, other).send("POST", "/v1/orders/1/pay", "\"1\"", "{}"))
            .stream()
            .map(HttpResponse::statusCode)
            .toList();
    assertThat(moved).containsOnlyOnce(200).allMatch(status -> status == 200 || status == 412);

    List<Integer> refunded =
        atOnce(30, i -> node(i, one, other).post("/v1/orders/1/refunds", ONE_MUG)).stream()
            .map(HttpResponse::statusCode)
            .toList();
    assertThat(refunded).filteredOn(status -> status == 201).hasSize(10);
    assertThat(refunded).filteredOn(status -> status == 409).hasSize(20);

    HttpResponse<String> order = one.get("/v1/orders/1");
    assertThat(order.body()).contains("\"refundedTotal\":\"900.00\"", "\"version\":12");
    assertThat(other.get("/v1/orders/1/refunds").body().split("\"orderId\"", -1)).hasSize(11);
    assertThat(one.get("/v1/orders/1/events").body().split("\"refunded\"", -1)).hasSize(11);
    assertThat(one.send("POST", "/v1/orders/1/ship", "\"12\"", "{}").statusCode()).isEqualTo(200);
    assertThat(other.send("POST", "/v1/orders/1/cancel", "\"13\"", "{}").body())
        .contains("invalid_transition", "\"allowed\":[\"completed\"]");
  }

  private static Launched node(int i, Launched one, Launched other) {
    return i % 2 == 0 ? one : other;
  }

  private static <T> List<T> atOnce(int times, IntFunction<T> call) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
      List<Callable<T>> calls =
          IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> call.apply(i)).toList();
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
