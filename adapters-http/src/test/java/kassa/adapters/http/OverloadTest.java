package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with two places for single calls, one for streams, and orders that are held. */
@Timeout(60)
class OverloadTest {

  private static final int REQUESTS = 2;
  private static final int STREAMS = 1;
  private static final int CONNECTIONS = 8;

  private final HeldOrders held = new HeldOrders(REQUESTS);

  @AutoClose
  private final TestServer server =
      TestServer.within(new HttpServer.Limits(REQUESTS, STREAMS, CONNECTIONS), held::in);

  private final CheckedClient client = server.client;

  @AfterEach
  void let_go() {
    held.letGo();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v1/orders",
    "POST,/v1/quotes",
    "GET,/v1/orders",
    "HEAD,/v1/orders",
    "GET,/v1/orders/1",
    "GET,/v1/products",
    "DELETE,/v1/products/MUG",
    "GET,/openapi.json"
  })
  void refuses_at_once_what_finds_no_place(String method, String path) {
    List<CompletableFuture<Answer>> underWay = fill();

    Answer refused = client.send(method, path, new byte[0]);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    if (!method.equals("HEAD")) {
      assertThat(refused.at("/code")).isEqualTo("overloaded");
    }
    assertThat(underWay).noneMatch(CompletableFuture::isDone);
    assertAllPlaced(underWay);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/version"})
  void never_refuses_to_tell_how_it_is(String path) {
    List<CompletableFuture<Answer>> underWay = fill();

    assertThat(client.get(path).status()).isEqualTo(200);
    assertThat(underWay).noneMatch(CompletableFuture::isDone);
    assertAllPlaced(underWay);
  }

  @Test
  void refuses_before_the_body_is_sent_and_says_that_it_closes_the_connection() {
    List<CompletableFuture<Answer>> underWay = fill();
    try (RawConnection connection = client.open()) {
      Answer refused =
          connection
              .send(
                  """
                  POST /v1/orders HTTP/1.1
                  Host: kassa
                  Content-Type: application/json
                  Idempotency-Key: k-1
                  Content-Length: 1000000

                  """)
              .answer("POST", "/v1/orders");

      assertThat(refused.at("/code")).isEqualTo("overloaded");
      assertThat(refused.header("Connection")).isEqualToIgnoringCase("close");
    }
    assertAllPlaced(underWay);
  }

  @Test
  void keeps_the_connection_of_one_that_has_sent_a_small_body() {
    List<CompletableFuture<Answer>> underWay = fill();
    try (RawConnection connection = client.open()) {
      for (int i = 0; i < 3; i++) {
        send(connection);
        Answer refused = connection.answer("POST", "/v1/orders");

        assertThat(refused.at("/code")).isEqualTo("overloaded");
        assertThat(refused.has("Connection")).isFalse();
      }
      assertAllPlaced(underWay);
      assertThat(place(connection)).isEqualTo(REQUESTS + 1);
    }
  }

  @Test
  void a_place_is_free_again_whatever_came_of_who_had_it() {
    for (int i = 0; i < 5 * REQUESTS; i++) {
      assertThat(client.post("/v1/orders", "{").status()).isEqualTo(400);
      assertThat(client.get("/v1/orders/4711").status()).isEqualTo(404);
      assertThat(client.get("/v1/orders?nothing=1").status()).isEqualTo(400);
    }
    assertAllPlaced(fill());
    assertThat(client.get("/v1/orders").json().get("data")).hasSize(REQUESTS);
  }

  @Test
  void streams_do_not_use_up_the_places_of_single_calls() {
    try (RawConnection stream = client.open()) {
      stream.send(
          """
          POST /v1/products/import HTTP/1.1
          Host: kassa
          Content-Type: application/x-ndjson
          Content-Length: 1
          Expect: 100-continue

          """);
      // The server asks for the body when the import has its place.
      stream.awaitContinue();

      for (String path : new String[] {"/v1/orders/export", "/v1/reports/sales?groupBy=sku"}) {
        assertThat(client.get(path).at("/code")).isEqualTo("overloaded");
      }
      assertThat(client.post("/v1/orders/batch", Bodies.batch(Bodies.GOOD)).at("/code"))
          .isEqualTo("overloaded");
      assertAllPlaced(fill());

      assertThat(stream.send("\n").answer("POST", "/v1/products/import").status()).isEqualTo(200);
    }
    assertThat(client.get("/v1/orders/export").status()).isEqualTo(200);
  }

  @Test
  void a_connection_beyond_the_bound_waits_until_another_ends() {
    held.letGo();
    List<RawConnection> connections = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      RawConnection connection = client.open();
      connections.add(connection);
      assertThat(place(connection)).isEqualTo(i + 1);
    }
    try (RawConnection beyond = client.open()) {
      send(beyond);
      int last = CONNECTIONS;
      for (int i = 0; i < 50; i++) {
        last++;
        assertThat(place(connections.getFirst())).isEqualTo(last);
      }
      connections.forEach(RawConnection::close);

      assertThat(number(beyond)).isEqualTo(last + 1);
    }
  }

  private static int place(RawConnection connection) {
    send(connection);
    return number(connection);
  }

  private static void send(RawConnection connection) {
    connection.send(
        """
        POST /v1/orders HTTP/1.1
        Host: kassa
        Content-Type: application/json
        Content-Length: %d

        %s\
        """
            .formatted(Bodies.GOOD.length(), Bodies.GOOD));
  }

  private static int number(RawConnection connection) {
    return Integer.parseInt(connection.answer("POST", "/v1/orders").at("/number"));
  }

  /** Takes all places of single calls. */
  private List<CompletableFuture<Answer>> fill() {
    List<CompletableFuture<Answer>> underWay = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      underWay.add(client.postAsync("/v1/orders", Bodies.GOOD));
    }
    held.awaitBegun();
    return underWay;
  }

  private void assertAllPlaced(List<CompletableFuture<Answer>> underWay) {
    held.letGo();
    assertThat(underWay)
        .allSatisfy(answer -> assertThat(answer.get(20, TimeUnit.SECONDS).status()).isEqualTo(201));
  }
}
