package kassa.adapters.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kassa.adapters.http.BlockedOrderPlacement;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpLimits;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.OrderStreamClient;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.adapters.http.jetty.SlowConnectionTimeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server with two permits for single calls, one for streams, and blocked order placement. */
@Timeout(300)
class ConcurrencyLimitTest {

  private static final int MAX_REQUESTS = 2;
  private static final int MAX_STREAMS = 1;
  private static final int MAX_CONNECTIONS = 8;

  private final BlockedOrderPlacement placement = new BlockedOrderPlacement(MAX_REQUESTS);

  @AutoClose
  private final TestServer server =
      TestServer.startWithLimits(
          new HttpLimits(
              MAX_REQUESTS, MAX_STREAMS, MAX_CONNECTIONS, 512, TestServer.BATCH_DEADLINE),
          placement::replaceIn);

  private final ContractCheckingClient client = server.client;

  @AfterEach
  void releaseOrders() {
    placement.release();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v1/orders",
    "POST,/v1/quotes",
    "GET,/v1/orders",
    "HEAD,/v1/orders",
    "GET,/v1/orders/1",
    "GET,/v1/products",
    "DELETE,/v1/products/MUG"
  })
  void rejects_immediately_beyond_the_concurrency_limit(String method, String path) {
    List<CompletableFuture<TestResponse>> inFlight = takeAllPermits();

    TestResponse refused = client.send(method, path, new byte[0]);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    if (!method.equals("HEAD")) {
      assertThat(refused.at("/code")).isEqualTo("overloaded");
    }
    assertThat(inFlight).noneMatch(CompletableFuture::isDone);
    assertAllPlaced(inFlight);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/version", "/openapi.json"})
  void health_and_contract_respond_under_overload(String path) {
    List<CompletableFuture<TestResponse>> inFlight = takeAllPermits();

    assertThat(client.get(path).status()).isEqualTo(200);
    assertThat(inFlight).noneMatch(CompletableFuture::isDone);
    assertAllPlaced(inFlight);
  }

  @Test
  void load_shedding_rejects_before_the_body_and_closes_the_connection() {
    List<CompletableFuture<TestResponse>> inFlight = takeAllPermits();
    try (RawHttpConnection connection = client.openConnection()) {
      TestResponse refused =
          connection
              .send(
                  """
                  POST /v1/orders HTTP/1.1
                  Host: kassa
                  Content-Type: application/json
                  Idempotency-Key: k-1
                  Content-Length: 1000000

                  """)
              .readResponse("POST", "/v1/orders");

      assertThat(refused.at("/code")).isEqualTo("overloaded");
      assertThat(refused.header("Connection")).isEqualToIgnoringCase("close");
    }
    assertAllPlaced(inFlight);
  }

  @Test
  void load_shedding_keeps_the_connection_after_a_small_body() {
    List<CompletableFuture<TestResponse>> inFlight = takeAllPermits();
    try (RawHttpConnection connection = client.openConnection()) {
      for (int i = 0; i < 3; i++) {
        send(connection);
        TestResponse refused = connection.readResponse("POST", "/v1/orders");

        assertThat(refused.at("/code")).isEqualTo("overloaded");
        assertThat(refused.has("Connection")).isFalse();
      }
      assertAllPlaced(inFlight);
      assertThat(place(connection)).isEqualTo(MAX_REQUESTS + 1);
    }
  }

  @Test
  void permit_is_released_after_every_outcome() {
    for (int i = 0; i < 5 * MAX_REQUESTS; i++) {
      assertThat(client.post("/v1/orders", "{").status()).isEqualTo(400);
      assertThat(client.get("/v1/orders/4711").status()).isEqualTo(404);
      assertThat(client.get("/v1/orders?nothing=1").status()).isEqualTo(400);
    }
    assertAllPlaced(takeAllPermits());
    assertThat(client.get("/v1/orders").json().get("data")).hasSize(MAX_REQUESTS);
  }

  @Test
  void one_caller_cannot_take_the_stream_permits_of_others() throws Exception {
    HttpLimits limits =
        new HttpLimits(MAX_REQUESTS, 5, MAX_CONNECTIONS, 512, TestServer.BATCH_DEADLINE);
    try (TestServer shared = TestServer.startWithLimits(limits, useCases -> useCases);
        OrderStreamClient idle = new OrderStreamClient(shared.http.port())) {
      idle.send("{}\n");
      idle.nextLine();
      TestResponse key =
          shared.client.post(
              "/v1/api-keys",
              "{\"name\": \"other\", \"scopes\": [\"orders:read\"]}",
              "Content-Type",
              "application/json");

      TestResponse second = shared.client.get("/v1/orders/export");
      TestResponse other = shared.client.withToken(key.at("/secret")).get("/v1/orders/export");

      assertThat(second.status()).isEqualTo(503);
      assertThat(second.at("/detail")).contains("At most 1 batches").contains("of one caller");
      assertThat(other.status()).isEqualTo(200);
      idle.endRequest();
      assertThat(idle.remainingLines()).hasSize(1);
    }
  }

  @Test
  void one_kind_of_bulk_requests_cannot_take_the_permits_kept_for_others() throws Exception {
    HttpLimits limits = new HttpLimits(8, 8, 64, 64, TestServer.BATCH_DEADLINE);
    try (TestServer shared = TestServer.startWithLimits(limits, useCases -> useCases)) {
      // Two for each of three callers; one permit is kept for each of the three other kinds.
      List<OrderStreamClient> streams = new ArrayList<>();
      String token = "";
      for (int i = 0; i < 5; i++) {
        if (i % 2 == 0) {
          token = createKey(shared);
        }
        OrderStreamClient stream = new OrderStreamClient(shared.http.port(), token);
        streams.add(stream);
        stream.send("{}\n");
        stream.nextLine();
      }

      TestResponse sixth =
          shared.client.post("/v1/orders/batch", OrderBodies.batch(OrderBodies.VALID_ORDER));
      assertThat(sixth.at("/code")).isEqualTo("overloaded");
      assertThat(sixth.at("/detail")).contains("At most 5 requests of this kind");
      assertThat(shared.client.get("/v1/orders/export").status()).isEqualTo(200);
      assertThat(shared.client.get("/v1/reports/sales?groupBy=sku").status()).isEqualTo(200);

      for (OrderStreamClient stream : streams) {
        stream.endRequest();
        assertThat(stream.remainingLines()).hasSize(1);
        stream.close();
      }
    }
  }

  private static String createKey(TestServer server) {
    return server
        .client
        .post("/v1/api-keys", "{\"name\": \"till\", \"scopes\": [\"orders:write\"]}")
        .at("/secret");
  }

  @Test
  void idle_stream_ends_with_a_problem_as_its_last_line() throws Exception {
    SlowConnectionTimeouts.Timeouts timeouts =
        new SlowConnectionTimeouts.Timeouts(Duration.ofSeconds(2), Duration.ofMinutes(5));
    try (TestServer impatient = TestServer.startWithTimeouts(timeouts, null);
        OrderStreamClient idle = new OrderStreamClient(impatient.http.port())) {
      idle.send("{}\n");
      idle.nextLine();

      assertThat(idle.nextLine().at("/problem/code").stringValue()).isEqualTo("request_timeout");
      assertThat(idle.atEnd()).isTrue();
    }
  }

  @Test
  void streams_do_not_take_permits_of_single_calls() {
    try (RawHttpConnection stream = client.openConnection()) {
      stream.send(
          """
          POST /v1/products/import HTTP/1.1
          Host: kassa
          Content-Type: application/x-ndjson
          Content-Length: 1
          Expect: 100-continue

          """);
      // The server sends 100 Continue when the import has its permit.
      stream.awaitContinue();

      for (String path : new String[] {"/v1/orders/export", "/v1/reports/sales?groupBy=sku"}) {
        assertThat(client.get(path).at("/code")).isEqualTo("overloaded");
      }
      assertThat(
              client
                  .post("/v1/orders/batch", OrderBodies.batch(OrderBodies.VALID_ORDER))
                  .at("/code"))
          .isEqualTo("overloaded");
      assertAllPlaced(takeAllPermits());

      assertThat(stream.send("\n").readResponse("POST", "/v1/products/import").status())
          .isEqualTo(200);
    }
    assertThat(client.get("/v1/orders/export").status()).isEqualTo(200);
  }

  @Test
  void connection_beyond_the_limit_waits_until_another_closes() {
    placement.release();
    List<RawHttpConnection> connections = new ArrayList<>();
    for (int i = 0; i < MAX_CONNECTIONS; i++) {
      RawHttpConnection connection = client.openConnection();
      connections.add(connection);
      assertThat(place(connection)).isEqualTo(i + 1);
    }
    try (RawHttpConnection beyond = client.openConnection()) {
      send(beyond);
      int last = MAX_CONNECTIONS;
      for (int i = 0; i < 50; i++) {
        last++;
        assertThat(place(connections.getFirst())).isEqualTo(last);
      }
      connections.forEach(RawHttpConnection::close);

      assertThat(number(beyond)).isEqualTo(last + 1);
    }
  }

  private static int place(RawHttpConnection connection) {
    send(connection);
    return number(connection);
  }

  private static void send(RawHttpConnection connection) {
    connection.send(
        """
        POST /v1/orders HTTP/1.1
        Host: kassa
        Content-Type: application/json
        Content-Length: %s

        %s\
        """
            .formatted(OrderBodies.VALID_ORDER.length(), OrderBodies.VALID_ORDER));
  }

  private static int number(RawHttpConnection connection) {
    return Integer.parseInt(connection.readResponse("POST", "/v1/orders").at("/number"));
  }

  /** Takes all permits of single calls and returns the requests in flight. */
  private List<CompletableFuture<TestResponse>> takeAllPermits() {
    List<CompletableFuture<TestResponse>> inFlight = new ArrayList<>();
    for (int i = 0; i < MAX_REQUESTS; i++) {
      inFlight.add(client.postAsync("/v1/orders", OrderBodies.VALID_ORDER));
    }
    placement.awaitStarted();
    return inFlight;
  }

  private void assertAllPlaced(List<CompletableFuture<TestResponse>> inFlight) {
    placement.release();
    assertThat(inFlight)
        .allSatisfy(
            response -> assertThat(response.get(60, TimeUnit.SECONDS).status()).isEqualTo(201));
  }
}
