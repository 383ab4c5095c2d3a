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

/** What a server does that is told to stop while an order is held. */
@Timeout(60)
class StoppingTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  private final HeldOrders held = new HeldOrders(1);

  @Test
  void answers_what_is_under_way_before_it_ends() throws Exception {
    try (TestServer server = TestServer.with(held::in)) {
      int port = server.http.port();
      CompletableFuture<Answer> order = begin(server);
      CompletableFuture<Void> closed = stop(server);

      assertThat(order).isNotDone();
      assertThat(closed).isNotDone();
      held.letGo();

      assertThat(order.get(10, SECONDS).status()).isEqualTo(201);
      closed.get(10, SECONDS);
      assertThat(LifecycleTest.listens(port)).isFalse();
      assertThat(server.orders()).hasSize(1);
    }
  }

  @Test
  void says_that_it_drains_when_it_is_asked_whether_it_is_ready() throws Exception {
    try (TestServer server = TestServer.with(held::in)) {
      CompletableFuture<Answer> order = begin(server);
      CompletableFuture<Void> closed = stop(server);

      Answer ready = server.client.get("/health/ready");

      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.at("/code")).isEqualTo("stopping");
      assertThat(ready.at("/detail")).contains("draining");
      assertThat(ready.header("Retry-After")).isEqualTo("1");
      finish(order, closed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/version"})
  void tells_meanwhile_how_it_is(String path) throws Exception {
    try (TestServer server = TestServer.with(held::in)) {
      CompletableFuture<Answer> order = begin(server);
      CompletableFuture<Void> closed = stop(server);

      assertThat(server.client.get(path).status()).isEqualTo(200);
      finish(order, closed);
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
  void refuses_meanwhile_what_comes_new_on_old_connections_and_new_ones(String method, String path)
      throws Exception {
    try (TestServer server = TestServer.with(held::in);
        RawConnection old = server.client.open()) {
      assertThat(
              old.send("GET /health HTTP/1.1\nHost: kassa\n\n").answer("GET", "/health").status())
          .isEqualTo(200);
      CompletableFuture<Answer> order = begin(server);
      CompletableFuture<Void> closed = stop(server);

      try (RawConnection fresh = server.client.open()) {
        for (RawConnection connection : new RawConnection[] {old, fresh}) {
          Answer refused =
              connection
                  .send("%s %s HTTP/1.1\nHost: kassa\n\n".formatted(method, path))
                  .answer(method, path);

          assertThat(refused.status()).isEqualTo(503);
          assertThat(refused.at("/code")).isEqualTo("stopping");
          assertThat(refused.header("Retry-After")).isEqualTo("1");
          assertThat(refused.header("Connection")).isEqualToIgnoringCase("close");
        }
      }
      finish(order, closed);
    }
  }

  @Test
  void a_stream_that_is_under_way_goes_on() throws Exception {
    held.letGo();
    try (TestServer server = TestServer.with(held::in);
        OrderStreaming stream = new OrderStreaming(server.http.port())) {
      stream.send(Bodies.GOOD + "\n");
      assertThat(stream.next().get("status").intValue()).isEqualTo(201);
      CompletableFuture<Void> closed = stop(server);

      stream.send(Bodies.GOOD + "\n");
      assertThat(stream.next().get("status").intValue()).isEqualTo(201);
      stream.end();

      assertThat(stream.next().at("/summary/placed").intValue()).isEqualTo(2);
      assertThat(stream.atEnd()).isTrue();
      assertThat(stream.isWhole()).isTrue();
      closed.get(10, SECONDS);
    }
  }

  @Test
  void at_the_limit_streams_are_broken_off_and_what_was_begun_is_waited_for() throws Exception {
    HeldOrders two = new HeldOrders(2);
    try (TestServer server = TestServer.stoppingWithin(SHORT, two::in);
        OrderStreaming stream = new OrderStreaming(server.http.port())) {
      stream.send(Bodies.GOOD + "\n");
      CompletableFuture<Answer> order = server.client.postAsync("/v1/orders", Bodies.GOOD);
      two.awaitBegun();
      CompletableFuture<Void> closed = stop(server);

      assertThat(stream.rest()).isEmpty();
      assertThat(stream.isWhole()).isFalse();
      assertThat(closed).isNotDone();
      assertThat(order).isNotDone();
      two.letGo();
      assertThat(order.get(10, SECONDS).status()).isEqualTo(201);
      closed.get(10, SECONDS);
      assertThat(server.orders()).hasSize(2);
    }
  }

  @Test
  void at_the_limit_nobody_is_waited_for_who_still_sends_a_request() throws Exception {
    try (TestServer server = TestServer.stoppingWithin(SHORT, held::in);
        RawConnection slow = server.client.open()) {
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

  private CompletableFuture<Answer> begin(TestServer server) {
    CompletableFuture<Answer> order = server.client.postAsync("/v1/orders", Bodies.GOOD);
    held.awaitBegun();
    return order;
  }

  /** Tells the server to stop, and returns when it has begun to. */
  private static CompletableFuture<Void> stop(TestServer server) {
    CompletableFuture<Void> closed = CompletableFuture.runAsync(server.http::close);
    while (server.client.get("/health/ready").status() == 200) {
      Thread.onSpinWait();
    }
    return closed;
  }

  private void finish(CompletableFuture<Answer> order, CompletableFuture<Void> closed)
      throws Exception {
    held.letGo();
    assertThat(order.get(10, SECONDS).status()).isEqualTo(201);
    closed.get(10, SECONDS);
  }
}
