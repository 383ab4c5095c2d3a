package kassa.adapters.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graceful shutdown of a server while an order placement is blocked. */
@Timeout(300)
class GracefulShutdownTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  private final BlockedOrderPlacement placement = new BlockedOrderPlacement(1);

  @Test
  void graceful_shutdown_completes_requests_in_flight() throws Exception {
    try (TestServer server = TestServer.startReplacing(placement::replaceIn)) {
      int port = server.http.port();
      CompletableFuture<TestResponse> order = startOrder(server);
      CompletableFuture<Void> closed = startShutdown(server);

      assertThat(order).isNotDone();
      assertThat(closed).isNotDone();
      placement.release();

      assertThat(order.get(60, SECONDS).status()).isEqualTo(201);
      closed.get(60, SECONDS);
      assertThat(HttpServerLifecycleTest.listens(port)).isFalse();
      assertThat(server.orders()).hasSize(1);
    }
  }

  @Test
  void readiness_reports_draining_during_shutdown() throws Exception {
    try (TestServer server = TestServer.startReplacing(placement::replaceIn)) {
      CompletableFuture<TestResponse> order = startOrder(server);
      CompletableFuture<Void> closed = startShutdown(server);

      TestResponse ready = server.client.get("/health/ready");

      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.at("/code")).isEqualTo("shutting_down");
      assertThat(ready.at("/detail")).contains("draining");
      assertThat(ready.header("Retry-After")).isEqualTo("1");
      awaitCompletion(order, closed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/version"})
  void health_responds_during_shutdown(String path) throws Exception {
    try (TestServer server = TestServer.startReplacing(placement::replaceIn)) {
      CompletableFuture<TestResponse> order = startOrder(server);
      CompletableFuture<Void> closed = startShutdown(server);

      assertThat(server.client.get(path).status()).isEqualTo(200);
      awaitCompletion(order, closed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v1/orders",
    "POST,/v1/orders/batch",
    "POST,/v1/quotes",
    "POST,/v1/products/import",
    "GET,/v1/orders",
    "GET,/v1/orders/export",
    "PUT,/v1/products/MUG"
  })
  void rejects_new_requests_during_shutdown_on_all_connections(String method, String path)
      throws Exception {
    try (TestServer server = TestServer.startReplacing(placement::replaceIn);
        RawHttpConnection old = server.client.openConnection()) {
      assertThat(
              old.send("GET /health HTTP/1.1\nHost: kassa\n\n")
                  .readResponse("GET", "/health")
                  .status())
          .isEqualTo(200);
      CompletableFuture<TestResponse> order = startOrder(server);
      CompletableFuture<Void> closed = startShutdown(server);

      try (RawHttpConnection fresh = server.client.openConnection()) {
        for (RawHttpConnection connection : new RawHttpConnection[] {old, fresh}) {
          TestResponse refused =
              connection
                  .send("%s %s HTTP/1.1\nHost: kassa\n\n".formatted(method, path))
                  .readResponse(method, path);

          assertThat(refused.status()).isEqualTo(503);
          assertThat(refused.at("/code")).isEqualTo("shutting_down");
          assertThat(refused.header("Retry-After")).isEqualTo("1");
          assertThat(refused.header("Connection")).isEqualToIgnoringCase("close");
        }
      }
      awaitCompletion(order, closed);
    }
  }

  @Test
  void running_stream_continues_during_shutdown() throws Exception {
    placement.release();
    try (TestServer server = TestServer.startReplacing(placement::replaceIn);
        OrderStreamClient stream = new OrderStreamClient(server.http.port())) {
      stream.send(OrderBodies.VALID_ORDER + "\n");
      assertThat(stream.nextLine().get("status").intValue()).isEqualTo(201);
      CompletableFuture<Void> closed = startShutdown(server);

      stream.send(OrderBodies.VALID_ORDER + "\n");
      assertThat(stream.nextLine().get("status").intValue()).isEqualTo(201);
      stream.endRequest();

      assertThat(stream.nextLine().at("/summary/placed").intValue()).isEqualTo(2);
      assertThat(stream.atEnd()).isTrue();
      assertThat(stream.isComplete()).isTrue();
      closed.get(60, SECONDS);
    }
  }

  @Test
  void shutdown_timeout_ends_streams_and_awaits_started_orders() throws Exception {
    BlockedOrderPlacement blockedOrders = new BlockedOrderPlacement(2);
    try (TestServer server = TestServer.startWithShutdownTimeout(SHORT, blockedOrders::replaceIn);
        OrderStreamClient stream = new OrderStreamClient(server.http.port())) {
      stream.send(OrderBodies.VALID_ORDER + "\n");
      CompletableFuture<TestResponse> order =
          server.client.postAsync("/v1/orders", OrderBodies.VALID_ORDER);
      blockedOrders.awaitStarted();
      CompletableFuture<Void> closed = startShutdown(server);

      assertThat(stream.remainingLines()).isEmpty();
      assertThat(stream.isComplete()).isFalse();
      assertThat(closed).isNotDone();
      assertThat(order).isNotDone();
      blockedOrders.release();
      assertThat(order.get(60, SECONDS).status()).isEqualTo(201);
      closed.get(60, SECONDS);
      assertThat(server.orders()).hasSize(2);
    }
  }

  @Test
  void shutdown_timeout_drops_incomplete_requests() throws Exception {
    try (TestServer server = TestServer.startWithShutdownTimeout(SHORT, placement::replaceIn);
        RawHttpConnection slow = server.client.openConnection()) {
      slow.send(
          """
          POST /v1/orders HTTP/1.1
          Host: kassa
          Content-Type: application/json
          Content-Length: 1000
          Expect: 100-continue

          """);
      slow.awaitContinue().send("{");

      server.http.close();

      assertThat(slow.isAtEnd()).isTrue();
      assertThat(server.orders()).isEmpty();
    }
  }

  private CompletableFuture<TestResponse> startOrder(TestServer server) {
    CompletableFuture<TestResponse> order =
        server.client.postAsync("/v1/orders", OrderBodies.VALID_ORDER);
    placement.awaitStarted();
    return order;
  }

  /** Starts the shutdown and returns once the server reports that it is not ready. */
  private static CompletableFuture<Void> startShutdown(TestServer server) {
    CompletableFuture<Void> closed = CompletableFuture.runAsync(server.http::close);
    while (server.client.get("/health/ready").status() == 200) {
      Thread.onSpinWait();
    }
    return closed;
  }

  private void awaitCompletion(
      CompletableFuture<TestResponse> order, CompletableFuture<Void> closed) throws Exception {
    placement.release();
    assertThat(order.get(60, SECONDS).status()).isEqualTo(201);
    closed.get(60, SECONDS);
  }
}
