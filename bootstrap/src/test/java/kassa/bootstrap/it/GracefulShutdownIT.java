package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Graceful shutdown under load: accepted orders are stored, rejected ones are not. */
@Order(5)
@Timeout(600)
class GracefulShutdownIT {

  /** Exit status of the JVM after SIGTERM. */
  private static final int EXIT_SIGTERM = 128 + 15;

  private static final int CLIENTS = 8;
  private static final int ORDERS = 400;
  private static final int LINES = 200;
  private static final int BATCH = 500;

  @TempDir private Path folder;

  @Test
  void shutdown_answers_every_accepted_order_on_h2() throws Exception {
    stopUnderLoad();
  }

  @Test
  void shutdown_answers_every_accepted_order_on_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      stopUnderLoad("--db-url", postgres.url());
    }
  }

  @Test
  void shutdown_timeout_ends_an_endless_stream_on_h2() throws Exception {
    stopWhileStreaming();
  }

  @Test
  void shutdown_timeout_ends_an_endless_stream_on_postgresql() throws Exception {
    try (PostgresDatabase postgres = PostgresDatabase.create()) {
      stopWhileStreaming("--db-url", postgres.url());
    }
  }

  private void stopUnderLoad(String... flags) throws Exception {
    IdempotentLoad load = new IdempotentLoad();
    // Much longer than the process is awaited: it ends because all requests have ended.
    try (KassaProcess node = KassaProcess.startServer(folder, with("30m", flags))) {
      load.start(node);
      load.awaitPlaced(ORDERS);

      node.terminate();
      assertThat(node.awaitExit()).isEqualTo(EXIT_SIGTERM);

      assertThat(node.log()).contains("Stopped").doesNotContain("ERROR", "Exception");
      load.awaitEnd();
    }
    try (KassaProcess next = KassaProcess.startServer(folder, flags)) {
      load.assertStoredOnce(next);
      load.assertRejectedNotStored(next);
      assertThat(numberOfOrders(next)).isEqualTo(load.sent());
    }
  }

  private void stopWhileStreaming(String... flags) throws Exception {
    Set<String> acknowledged;
    try (KassaProcess node = KassaProcess.startServer(folder, with("5s", flags));
        EndlessOrderStream stream = new EndlessOrderStream(node)) {
      stream.awaitPlaced(LINES);

      Instant stopRequestedAt = Instant.now();
      node.terminate();
      HttpResponse<String> ready = node.get("/health/ready");
      while (ready.statusCode() == 200) {
        ready = node.get("/health/ready");
      }
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("\"code\":\"shutting_down\"", "draining");
      assertThat(node.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(node.post("/v1/orders", order("late")).body())
          .contains("\"code\":\"shutting_down\"");
      int placed = stream.placed();
      stream.awaitPlaced(placed + LINES / 10);
      assertThat(node.awaitExit()).isEqualTo(EXIT_SIGTERM);

      assertThat(Duration.between(stopRequestedAt, Instant.now()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
      assertThat(node.log()).contains("Stopped").doesNotContain("ERROR");
      acknowledged = stream.awaitDisconnect();
    }
    assertThat(acknowledged).hasSizeGreaterThan(LINES);
    try (KassaProcess next = KassaProcess.startServer(folder, flags)) {
      long storedOrders = numberOfOrders(next);
      List<String> lines = acknowledged.stream().map(EndlessOrderStream::line).toList();
      for (int i = 0; i < lines.size(); i += BATCH) {
        List<String> some = lines.subList(i, Math.min(i + BATCH, lines.size()));
        String response =
            next.post("/v1/orders/batch", "{\"orders\":[" + String.join(",", some) + "]}").body();
        assertThat(response.split("\"replayed\":true", -1)).hasSize(some.size() + 1);
      }
      assertThat(numberOfOrders(next)).isEqualTo(storedOrders);
    }
  }

  private static String[] with(String stopTimeout, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--stop-timeout", stopTimeout));
    return all.toArray(String[]::new);
  }

  private static long numberOfOrders(KassaProcess node) {
    return node.get("/v1/orders/export").body().lines().count() - 1;
  }

  private static String order(String key) {
    return """
    {"currency":"USD","customerId":"%s","lines":[{"sku":"MUG","quantity":2,"unitPrice":"7.50"}]}\
    """
        .formatted(key);
  }

  /** Clients that place orders with idempotency keys and record the outcomes. */
  private static final class IdempotentLoad {

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> rejected = ConcurrentHashMap.newKeySet();
    private final Set<String> disconnected = ConcurrentHashMap.newKeySet();
    private final Queue<String> unexpectedResponses = new ConcurrentLinkedQueue<>();
    private final List<Thread> clients = new ArrayList<>();

    void start(KassaProcess node) {
      for (int client = 0; client < CLIENTS; client++) {
        String name = "client-" + client;
        clients.add(Thread.ofVirtual().start(() -> place(node, name)));
      }
    }

    /** Places orders until the server closes the connection. */
    private void place(KassaProcess node, String client) {
      for (int number = 0; unexpectedResponses.isEmpty(); number++) {
        String key = client + "-" + number;
        try {
          recordResponse(key, node.postIdempotently("/v1/orders", order(key), key));
        } catch (UncheckedIOException closed) {
          disconnected.add(key);
          return;
        }
      }
    }

    private void recordResponse(String key, HttpResponse<String> response) {
      if (response.statusCode() == 201) {
        acknowledged.put(key, response.body());
      } else if (response.statusCode() == 503
          && response.body().contains("\"code\":\"shutting_down\"")
          && response.headers().firstValue("Retry-After").isPresent()) {
        rejected.add(key);
        Polling.pauseClient();
      } else {
        unexpectedResponses.add(key + ": " + response.statusCode() + " " + response.body());
      }
    }

    void awaitPlaced(int orders) {
      while (acknowledged.size() < orders && unexpectedResponses.isEmpty()) {
        Polling.pause();
      }
    }

    void awaitEnd() throws InterruptedException {
      for (Thread client : clients) {
        client.join();
      }
      assertThat(unexpectedResponses).isEmpty();
      assertThat(disconnected).hasSize(CLIENTS);
    }

    int sent() {
      return acknowledged.size() + rejected.size() + disconnected.size();
    }

    void assertStoredOnce(KassaProcess node) {
      acknowledged.forEach((key, response) -> {
        HttpResponse<String> again = node.postIdempotently("/v1/orders", order(key), key);
        assertThat(again.body()).isEqualTo(response);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
      });
    }

    /** Checks that orders without a success response are not stored. */
    void assertRejectedNotStored(KassaProcess node) {
      for (Set<String> keys : List.of(rejected, disconnected)) {
        for (String key : keys) {
          HttpResponse<String> again = node.postIdempotently("/v1/orders", order(key), key);
          assertThat(again.statusCode()).isEqualTo(201);
          assertThat(again.headers().firstValue("Idempotent-Replayed")).as(key).isEmpty();
        }
      }
    }
  }
}
