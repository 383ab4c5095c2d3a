package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tells a busy server to end, and asks the next one what it has kept. */
@Timeout(300)
class StoppingIT {

  /** How the JVM ends at SIGTERM. */
  private static final int TERMINATED = 128 + 15;

  private static final int CLIENTS = 8;
  private static final int ORDERS = 400;
  private static final int LINES = 200;
  private static final int BATCH = 500;

  @TempDir private Path folder;

  @Test
  void every_order_is_answered_or_was_never_accepted_on_h2() throws Exception {
    stopUnderLoad();
  }

  @Test
  void every_order_is_answered_or_was_never_accepted_on_postgresql() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      stopUnderLoad("--db-url", postgres.getJdbcUrl("postgres", "postgres"));
    }
  }

  @Test
  void a_stream_that_never_ends_is_broken_off_at_the_limit_on_h2() throws Exception {
    stopWhileStreaming();
  }

  @Test
  void a_stream_that_never_ends_is_broken_off_at_the_limit_on_postgresql() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      stopWhileStreaming("--db-url", postgres.getJdbcUrl("postgres", "postgres"));
    }
  }

  private void stopUnderLoad(String... flags) throws Exception {
    KeyedLoad load = new KeyedLoad();
    try (Launched node = Launched.serve(folder, flags)) {
      load.begin(node);
      load.awaitPlaced(ORDERS);

      Instant told = Instant.now();
      node.terminate();
      assertThat(node.awaitEnd()).isEqualTo(TERMINATED);

      assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(20));
      assertThat(node.log()).contains("Stopped").doesNotContain("ERROR", "Exception");
      load.end();
    }
    try (Launched next = Launched.serve(folder, flags)) {
      load.assertKeptOnce(next);
      load.assertNotKept(next);
      assertThat(numberOfOrders(next)).isEqualTo(load.sent());
    }
  }

  private void stopWhileStreaming(String... flags) throws Exception {
    Set<String> acknowledged;
    List<String> more = new ArrayList<>(List.of(flags));
    more.addAll(List.of("--stop-timeout", "2s"));
    try (Launched node = Launched.serve(folder, more.toArray(String[]::new));
        EndlessOrders stream = new EndlessOrders(node)) {
      stream.awaitPlaced(LINES);

      Instant told = Instant.now();
      node.terminate();
      HttpResponse<String> ready = node.get("/health/ready");
      while (ready.statusCode() == 200) {
        ready = node.get("/health/ready");
      }
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("\"code\":\"stopping\"", "draining");
      assertThat(node.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(node.post("/v1/orders", order("late")).body()).contains("\"code\":\"stopping\"");
      int placed = stream.placed();
      stream.awaitPlaced(placed + LINES / 10);
      assertThat(node.awaitEnd()).isEqualTo(TERMINATED);

      assertThat(Duration.between(told, Instant.now()))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(15));
      assertThat(node.log()).contains("Stopped").doesNotContain("ERROR");
      acknowledged = stream.awaitBroken();
    }
    assertThat(acknowledged).hasSizeGreaterThan(LINES);
    try (Launched next = Launched.serve(folder, flags)) {
      long kept = numberOfOrders(next);
      List<String> lines = acknowledged.stream().map(EndlessOrders::line).toList();
      for (int i = 0; i < lines.size(); i += BATCH) {
        List<String> some = lines.subList(i, Math.min(i + BATCH, lines.size()));
        String answer =
            next.post("/v1/orders/batch", "{\"orders\":[" + String.join(",", some) + "]}").body();
        assertThat(answer.split("\"replayed\":true", -1)).hasSize(some.size() + 1);
      }
      assertThat(numberOfOrders(next)).isEqualTo(kept);
    }
  }

  private static long numberOfOrders(Launched node) {
    return node.get("/v1/orders/export").body().lines().count() - 1;
  }

  private static String order(String key) {
    return """
    {"currency":"USD","customerId":"%s","lines":[{"sku":"MUG","quantity":2,"unitPrice":"7.50"}]}\
    """
        .formatted(key);
  }

  /** Clients that place orders with keys, and remember what became of each. */
  private static final class KeyedLoad {

    private final Map<String, String> answered = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();

    void begin(Launched node) {
      for (int client = 0; client < CLIENTS; client++) {
        String name = "client-" + client;
        clients.add(Thread.ofVirtual().start(() -> place(node, name)));
      }
    }

    /** Until the server is gone. */
    private void place(Launched node, String client) {
      for (int number = 0; surprises.isEmpty(); number++) {
        String key = client + "-" + number;
        try {
          note(key, node.postOnce("/v1/orders", order(key), key));
        } catch (UncheckedIOException gone) {
          broken.add(key);
          return;
        }
      }
    }

    private void note(String key, HttpResponse<String> answer) {
      if (answer.statusCode() == 201) {
        answered.put(key, answer.body());
      } else if (answer.statusCode() == 503
          && answer.body().contains("\"code\":\"stopping\"")
          && answer.headers().firstValue("Retry-After").isPresent()) {
        refused.add(key);
      } else {
        surprises.add(key + ": " + answer.statusCode() + " " + answer.body());
      }
    }

    void awaitPlaced(int orders) {
      while (answered.size() < orders && surprises.isEmpty()) {
        Thread.onSpinWait();
      }
    }

    void end() throws InterruptedException {
      for (Thread client : clients) {
        client.join();
      }
      assertThat(surprises).isEmpty();
      assertThat(broken).hasSize(CLIENTS);
    }

    int sent() {
      return answered.size() + refused.size() + broken.size();
    }

    void assertKeptOnce(Launched node) {
      answered.forEach((key, answer) -> {
        HttpResponse<String> again = node.postOnce("/v1/orders", order(key), key);
        assertThat(again.body()).isEqualTo(answer);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
      });
    }

    /** What was refused, or found nobody who would have answered it, was not done. */
    void assertNotKept(Launched node) {
      for (Set<String> keys : List.of(refused, broken)) {
        for (String key : keys) {
          HttpResponse<String> again = node.postOnce("/v1/orders", order(key), key);
          assertThat(again.statusCode()).isEqualTo(201);
          assertThat(again.headers().firstValue("Idempotent-Replayed")).as(key).isEmpty();
        }
      }
    }
  }
}
