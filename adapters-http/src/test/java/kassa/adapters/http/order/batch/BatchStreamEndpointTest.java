package kassa.adapters.http.order.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.OrderCountingStore;
import kassa.adapters.http.OrderStreamClient;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BatchStreamEndpointTest {

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final long QUIET_MILLIS = 2_000;
  private static final long BODY_BYTES = 64L << 20;

  @AutoClose private final TestServer server = TestServer.start();

  @Test
  void responds_to_each_line_before_the_next_is_sent() throws Exception {
    try (OrderStreamClient stream = new OrderStreamClient(server.http.port())) {
      for (int i = 0; i < 3; i++) {
        stream.send(orderWithKey("k-" + i, "1") + "\n");

        JsonNode result = stream.nextLine();
        assertThat(result.get("index").intValue()).isEqualTo(i);
        assertThat(result.get("status").intValue()).isEqualTo(201);
        assertThat(result.get("key").stringValue()).isEqualTo("k-" + i);
      }
      stream.endRequest();

      assertThat(stream.nextLine()).isEqualTo(summary(3, 0));
      assertThat(stream.atEnd()).isTrue();
    }
    assertThat(server.client.get("/v1/orders").json().get("data")).hasSize(3);
  }

  @Test
  void invalid_line_does_not_affect_the_next() throws Exception {
    try (OrderStreamClient stream = new OrderStreamClient(server.http.port())) {
      stream.send("no json\n\n" + orderWithKey("a", "0") + "\n{}\n" + orderWithKey("b", "1"));
      stream.endRequest();

      List<JsonNode> results = stream.remainingLines();
      assertThat(results.getLast()).isEqualTo(summary(1, 3));
      assertThat(results.subList(0, 4))
          .extracting(each -> each.get("index").intValue(), each -> each.get("status").intValue())
          .containsExactlyInAnyOrder(tuple(0, 400), tuple(1, 422), tuple(2, 422), tuple(3, 201));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\n{}\n]", "\n \r\n[ {\n", "\uFEFF{\r\n}", "[{},\n{}]"})
  void rejects_json_over_several_lines_as_a_whole(String body) {
    TestResponse response =
        server.client.post(
            "/v1/orders/batch",
            body.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/x-ndjson");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.at("/code")).isEqualTo("malformed_json");
    assertThat(response.at("/detail")).contains("one object per line");
  }

  @Test
  void skips_lines_of_white_space() {
    TestResponse response =
        server.client.post(
            "/v1/orders/batch",
            ("\r\n" + orderWithKey("a", "1") + "\r\n \t\r\n").getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/x-ndjson");

    assertThat(response.body()).endsWith("{\"summary\":{\"placed\":1,\"rejected\":0}}\n");
  }

  @Test
  void retried_stream_replays_and_places_nothing_again() throws Exception {
    String lines =
        String.join(
            "\n", IntStream.range(0, 500).mapToObj(i -> orderWithKey("k-" + i, "1")).toList());
    for (int round = 0; round < 2; round++) {
      try (OrderStreamClient stream = new OrderStreamClient(server.http.port())) {
        stream.send(lines);
        stream.endRequest();
        List<JsonNode> results = stream.remainingLines();

        assertThat(results.getLast()).isEqualTo(summary(500, 0));
        boolean replayed = round == 1;
        assertThat(results.subList(0, 500))
            .allSatisfy(result -> assertThat(result.has("replayed")).isEqualTo(replayed));
        assertThat(results.subList(0, 500).stream().map(each -> each.get("index").intValue()))
            .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 500).boxed().toList());
      }
    }
    TestResponse first = server.client.get("/v1/orders?limit=200");
    TestResponse second =
        server.client.get("/v1/orders?limit=200&cursor=" + first.at("/nextCursor"));
    TestResponse third =
        server.client.get("/v1/orders?limit=200&cursor=" + second.at("/nextCursor"));
    assertThat(third.json().get("data")).hasSize(100);
    assertThat(third.json().get("nextCursor").isNull()).isTrue();
  }

  @Test
  void interrupted_stream_has_no_summary_and_keeps_placed_orders() throws Exception {
    try (OrderStreamClient stream = new OrderStreamClient(server.http.port())) {
      stream.send(orderWithKey("a", "1") + "\n");
      stream.nextLine();
      stream.closeAbruptly();

      assertThat(stream.remainingLines()).isEmpty();
      assertThat(stream.isComplete()).isFalse();
    }
    assertThat(server.client.get("/v1/orders").json().get("data")).hasSize(1);
  }

  @Test
  void single_order_does_not_wait_for_a_stalled_stream() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Runnable block =
        () -> {
          blocked.countDown();
          await(released);
        };
    try (TestServer busy =
            TestServer.startWith(
                store -> new OrderCountingStore(store, 1, block), TestServer.risingClock());
        OrderStreamClient stream = new OrderStreamClient(busy.http.port())) {
      stream.send(
          (orderWithKey("a", "1") + "\n")
              + (orderWithKey("b", "1") + "\n")
              + (orderWithKey("c", "1") + "\n"));
      stream.endRequest();
      await(blocked);

      assertThat(busy.client.place(OrderBodies.VALID_ORDER).status()).isEqualTo(201);

      released.countDown();
      assertThat(stream.remainingLines().getLast()).isEqualTo(summary(3, 0));
    }
  }

  @Test
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void client_disconnect_prevents_orders_not_yet_started() throws Exception {
    AtomicReference<OrderStreamClient> disconnecting = new AtomicReference<>();
    TestServer server =
        TestServer.startWith(
            store -> new OrderCountingStore(store, 5, () -> disconnecting.get().reset()),
            TestServer.risingClock());
    try (server;
        OrderStreamClient stream = new OrderStreamClient(server.http.port())) {
      disconnecting.set(stream);
      stream.sendUntilReset(orderWithKey("", "1").replace("\"key\": \"\", ", "") + "\n");
    }

    // The server has completed the orders that it had started.
    assertThat(server.store.listNewestFirst(null, 20_000)).hasSizeBetween(5, 600);
  }

  @Test
  void backpressure_stops_reading_when_responses_are_not_read() throws Exception {
    try (SocketChannel client = SocketChannel.open();
        Selector selector = Selector.open()) {
      client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.http.port()));
      client.write(
          UTF_8.encode(
              "POST /v1/orders/batch HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                  + "Authorization: Bearer "
                  + TestServer.ADMIN_TOKEN
                  + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
                  + BODY_BYTES
                  + "\r\n\r\n"));
      client.configureBlocking(false);
      SelectionKey key = client.register(selector, SelectionKey.OP_WRITE);
      ByteBuffer line = UTF_8.encode("x".repeat(1_023) + "\n");
      ByteBuffer responses = ByteBuffer.allocate(1 << 16);

      // Sends until the socket buffers of both sides are full.
      long sent = 0;
      while (sent < BODY_BYTES && selector.select(QUIET_MILLIS) > 0) {
        selector.selectedKeys().clear();
        sent += sendOn(client, line);
      }
      assertThat(sent).isLessThan(BODY_BYTES);

      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      int read = 0;
      while (read >= 0) {
        assertThat(selector.select(TIMEOUT_MILLIS)).isPositive();
        selector.selectedKeys().clear();
        read = client.read(responses.clear());
        if (sent < BODY_BYTES) {
          sent += sendOn(client, line);
        } else {
          key.interestOps(SelectionKey.OP_READ);
        }
      }
      assertThat(sent).isEqualTo(BODY_BYTES);
    }
  }

  private static long sendOn(SocketChannel client, ByteBuffer line) throws IOException {
    int sent = client.write(line);
    if (!line.hasRemaining()) {
      line.rewind();
    }
    return sent;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static String orderWithKey(String key, String quantity) {
    return OrderBodies.order("USD", OrderBodies.line("MUG", quantity, "1.00"))
        .replaceFirst("\\{", "{\"key\": \"" + key + "\", ");
  }

  private static JsonNode summary(int placed, int rejected) {
    return TestJson.read(
        "{\"summary\": {\"placed\": %s, \"rejected\": %s}}".formatted(placed, rejected));
  }
}
