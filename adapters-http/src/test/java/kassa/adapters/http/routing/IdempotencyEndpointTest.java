package kassa.adapters.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kassa.adapters.http.ContractCheckingClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.InterleavedIdempotency;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotentRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyEndpointTest {

  private static final String TEN_PERCENT_OFF =
      "{\"type\": \"percent_off_order\", \"percent\": \"10\"}";

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void retried_order_replays_the_stored_response_byte_by_byte() {
    TestResponse first = expect(201, post("/v1/orders", OrderBodies.VALID_ORDER, "k-1"));

    TestResponse second = expect(201, post("/v1/orders", OrderBodies.VALID_ORDER, "k-1"));

    assertThat(second.body()).isEqualTo(first.body());
    for (String header : List.of("Location", "ETag", "Content-Type")) {
      assertThat(second.header(header)).isEqualTo(first.header(header));
    }
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(first.has("Idempotent-Replayed")).isFalse();
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void replay_returns_the_original_response_after_later_changes() {
    TestResponse placed = post("/v1/orders", OrderBodies.VALID_ORDER, "k-1");
    String cancel = "/v1/orders/" + placed.at("/id") + "/cancel";
    TestResponse cancelled =
        expect(
            200,
            client.post(cancel, "", "If-Match", placed.header("ETag"), "Idempotency-Key", "k-2"));

    TestResponse again = post("/v1/orders", OrderBodies.VALID_ORDER, "k-1");
    assertThat(again.body()).isEqualTo(placed.body());
    assertThat(again.header("ETag")).isEqualTo(placed.header("ETag"));
    TestResponse replayed =
        client.post(cancel, "", "If-Match", placed.header("ETag"), "Idempotency-Key", "k-2");
    assertThat(replayed.body()).isEqualTo(cancelled.body());
    assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(replayed.header("ETag")).isEqualTo(cancelled.header("ETag"));
  }

  @Test
  void transition_and_refund_run_once_per_idempotency_key() {
    TestResponse placed = post("/v1/orders", OrderBodies.VALID_ORDER, "k-1");
    String order = "/v1/orders/" + placed.at("/id");
    String[] pay = {"If-Match", placed.header("ETag"), "Idempotency-Key", "k-2"};
    TestResponse paid = expect(200, client.post(order + "/pay", "", pay));
    assertThat(expect(200, client.post(order + "/pay", "", pay)).body()).isEqualTo(paid.body());

    String mug = "{\"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}";
    expect(422, post(order + "/refunds", mug, "k-2"));
    expect(200, post(order + "/refunds?dryRun=true", mug, "k-3"));
    TestResponse refunded = expect(201, post(order + "/refunds", mug, "k-4"));
    TestResponse replayed = expect(201, post(order + "/refunds", mug, "k-4"));

    assertThat(replayed.body()).isEqualTo(refunded.body());
    assertThat(replayed.header("ETag")).isEqualTo(refunded.header("ETag"));
    assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(client.get(order + "/refunds").json().get("data")).hasSize(1);
    assertThat(post("/v1/orders", OrderBodies.VALID_ORDER, "k-1").body()).isEqualTo(placed.body());
  }

  @Test
  void idempotency_key_reused_for_another_request_is_rejected() {
    post("/v1/orders", OrderBodies.VALID_ORDER, "k-1");

    for (String path : List.of("/v1/orders", "/v1/rules", "/v1/products")) {
      String body =
          path.equals("/v1/orders")
              ? OrderBodies.order("EUR", OrderBodies.line("A", "1", "1"))
              : OrderBodies.VALID_ORDER;
      assertThat(expect(422, post(path, body, "k-1")).at("/code"))
          .isEqualTo("idempotency_key_reused");
    }
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void retry_with_other_spaces_key_order_escapes_and_number_forms_is_replayed() {
    String compact =
        "{\"currency\":\"USD\",\"lines\":[{\"sku\":\"MUG\",\"quantity\":2,\"unitPrice\":\"10.00\"}],"
            + "\"metadata\":{\"a\":\"\u00e9\",\"b\":\"1\"}}";
    String pretty =
        "{\n"
            + "  \"metadata\" : {\"b\": \"1\", \"a\": \"\\u00e9\"},\n"
            + "  \"lines\": [ {\"unitPrice\": \"10.00\", \"quantity\": 2e0, \"s\\u006bu\": \"MUG\"}"
            + " ],\n"
            + "  \"currency\": \"USD\"\n"
            + "}\n";
    TestResponse first = expect(201, post("/v1/orders", compact, "k-1"));

    TestResponse second = expect(201, post("/v1/orders", pretty, "k-1"));

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    String keyed = "{\"key\": \"line-1\", ";
    TestResponse batch =
        client.post("/v1/orders/batch", OrderBodies.batch(compact.replaceFirst("\\{", keyed)));
    TestResponse again =
        client.post("/v1/orders/batch", OrderBodies.batch(pretty.replaceFirst("\\{", keyed)));
    assertThat(again.at("/results/0/replayed")).isEqualTo("true");
    assertThat(again.at("/results/0/order/id")).isEqualTo(batch.at("/results/0/order/id"));
    assertThat(orders()).isEqualTo(2);
  }

  @Test
  void retry_of_a_request_that_an_older_version_stored_is_replayed() throws Exception {
    String body = OrderBodies.VALID_ORDER;
    String digest =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(UTF_8)));
    TestResponse first = expect(201, post("/v1/orders", body, "new"));
    String stored = "201\n%s\n\"1\"\n%s ".formatted(first.header("Location"), first.body());
    IdempotentRequest request =
        new IdempotentRequest(
            new IdempotencyKey(TestServer.ADMIN_PROGRAM.name(), "old"),
            "POST /v1/orders " + digest);
    server
        .stores
        .idempotency()
        .store(
            request.toRecord(new Result.Response(stored), Instant.parse("2026-06-15T12:00:00Z")));

    TestResponse replayed = expect(201, post("/v1/orders", body, "old"));
    assertThat(replayed.body()).isEqualTo(first.body() + " ");
    assertThat(replayed.header("Location")).isEqualTo(first.header("Location"));
    assertThat(replayed.header("ETag")).isEqualTo("\"1\"");
    assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(expect(422, post("/v1/orders", body + " ", "old")).at("/code"))
        .isEqualTo("idempotency_key_reused");
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void key_reused_problem_names_the_part_that_differs() {
    expect(201, post("/v1/orders", OrderBodies.VALID_ORDER, "k-1"));
    String order = "/v1/orders/" + client.place(OrderBodies.VALID_ORDER).at("/id");

    TestResponse body = post("/v1/orders", OrderBodies.orderWith("quantity", "3"), "k-1");
    TestResponse path = post(order + "/refunds", "{\"amount\": \"1.00\"}", "k-1");

    assertThat(expect(422, body).at("/detail")).contains("different body");
    assertThat(expect(422, path).at("/detail")).contains("different path");
    assertThat(body.at("/detail")).doesNotContain("new key");
  }

  @Test
  void calls_that_change_nothing_check_their_key_and_store_nothing() {
    String placed = client.place(OrderBodies.VALID_ORDER).at("/id");
    client.post("/v1/orders/" + placed + "/pay", "", "If-Match", "\"1\"");
    String refund = "/v1/orders/" + placed + "/refunds";
    String rules = "{\"rules\": [{\"effects\": [" + TEN_PERCENT_OFF + "]}]}";
    for (int i = 0; i < 2; i++) {
      TestResponse quote = expect(200, post("/v1/quotes", OrderBodies.VALID_ORDER, "k-1"));
      assertThat(quote.has("Idempotent-Replayed")).isFalse();
      expect(200, post("/v1/rules/validate", rules, "k-1"));
      expect(200, post(refund + "?dryRun=true", "{\"amount\": \"1.00\"}", "k-1"));
    }
    assertThat(expect(400, post("/v1/quotes", OrderBodies.VALID_ORDER, "a b")).violations())
        .hasSize(1);

    assertThat(
            server
                .stores
                .idempotency()
                .find(new IdempotencyKey(TestServer.ADMIN_PROGRAM.name(), "k-1")))
        .isEmpty();
    expect(201, post(refund, "{\"amount\": \"1.00\"}", "k-1"));
  }

  @Test
  void rejected_request_can_be_retried_with_the_same_key() {
    String product = OrderBodies.product("MUG", "12.50");
    String order = "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}";
    expect(422, post("/v1/orders", order, "k-1"));

    expect(201, post("/v1/products", product, "k-2"));

    assertThat(expect(201, post("/v1/orders", order, "k-1")).has("Idempotent-Replayed")).isFalse();
  }

  @Test
  void creates_product_once_per_idempotency_key() {
    TestResponse first = expect(201, post("/v1/products", OrderBodies.PRODUCT, "k-1"));
    TestResponse second = expect(201, post("/v1/products", OrderBodies.PRODUCT, "k-1"));

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    expect(409, post("/v1/products", OrderBodies.PRODUCT, "k-2"));
  }

  @Test
  void returns_response_stored_concurrently_by_another_node() {
    String order = "/v1/orders/" + client.place(OrderBodies.orderWith("quantity", "10")).at("/id");
    String rule =
        server
            .activateRule("{\"code\": \"TEN\", \"effects\": [" + TEN_PERCENT_OFF + "]}")
            .toString();
    AtomicReference<InterleavedIdempotency> calls = new AtomicReference<>();
    try (TestServer other =
        server.startOtherNode(useCases -> {
          calls.set(new InterleavedIdempotency(useCases.runIdempotently()));
          return InterleavedIdempotency.replaceIn(useCases, calls.get());
        })) {
      List<Call> all =
          List.of(
              new Call(200, order + "/pay", "", "\"1\""),
              new Call(201, order + "/refunds", "{\"amount\": \"1.00\"}", "*"),
              new Call(201, order + "/refunds", "{\"amount\": \"899.00\"}", "*"),
              new Call(200, order + "/cancel", "", "*"),
              new Call(201, "/v1/products", OrderBodies.PRODUCT, "*"),
              new Call(201, "/v1/rules", "{\"effects\": [" + TEN_PERCENT_OFF + "]}", "*"),
              new Call(200, "/v1/rules/" + rule + "/archive", "", "\"1\""));
      for (Call call : all) {
        AtomicReference<TestResponse> first = new AtomicReference<>();
        calls.get().interleaved().set(() -> first.set(call.send(client)));

        TestResponse response = call.send(other.client);

        assertThat(response.body()).as(call.path()).isEqualTo(first.get().body());
        assertThat(response.status()).as(call.path()).isEqualTo(call.status());
        assertThat(response.has("ETag")).as(call.path()).isEqualTo(first.get().has("ETag"));
      }
    }
    assertThat(client.get(order + "/refunds").json().get("data")).hasSize(2);
    assertThat(client.get("/v1/rules").json().get("data")).hasSize(3);
  }

  @Test
  void codes_are_issued_once_per_idempotency_key() {
    String rule =
        server
            .activateRule("{\"code\": \"TEN\", \"effects\": [" + TEN_PERCENT_OFF + "]}")
            .toString();
    String three = "{\"ruleId\": \"%s\", \"count\": 3}".formatted(rule);
    String one = "{\"ruleId\": \"%s\", \"code\": \"NEW\"}".formatted(rule);

    TestResponse issued = expect(201, post("/v1/codes", three, "k-1"));
    TestResponse chosen = expect(201, post("/v1/codes", one, "k-2"));

    assertThat(post("/v1/codes", three, "k-1").body()).isEqualTo(issued.body());
    TestResponse replayed = expect(201, post("/v1/codes", one, "k-2"));
    assertThat(replayed.body()).isEqualTo(chosen.body());
    assertThat(replayed.header("Location")).isEqualTo(chosen.header("Location"));
    assertThat(client.get("/v1/codes?ruleId=" + rule).json().get("data")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\u00e4", "LONG"})
  void rejects_malformed_idempotency_key(String key) {
    String sent = key.equals("LONG") ? "k".repeat(256) : key;
    try (RawHttpConnection connection = server.client.openConnection()) {
      TestResponse response =
          connection
              .send(
                  "POST /v1/orders HTTP/1.1\nHost: kassa\nContent-Type: application/json\n"
                      + "Idempotency-Key: %s\nContent-Length: %s\n\n%s"
                          .formatted(
                              sent, OrderBodies.VALID_ORDER.length(), OrderBodies.VALID_ORDER))
              .readResponse("POST", "/v1/orders");

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.violations())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("Idempotency-Key: ");
    }
    assertThat(orders()).isZero();
  }

  @Test
  void each_order_of_a_batch_has_its_own_key() {
    String order = OrderBodies.VALID_ORDER.replaceFirst("\\{", "{\"key\": \"line-1\", ");
    TestResponse first =
        client.post("/v1/orders/batch", OrderBodies.batch(order, OrderBodies.VALID_ORDER));
    TestResponse second =
        client.post("/v1/orders/batch", OrderBodies.batch(OrderBodies.VALID_ORDER, order));

    assertThat(first.at("/results/0/key")).isEqualTo("line-1");
    assertThat(second.at("/results/1/replayed")).isEqualTo("true");
    assertThat(second.json().at("/results/1/order")).isEqualTo(first.json().at("/results/0/order"));
    assertThat(orders()).isEqualTo(3);
    String other = order.replace("100.00", "7.00");
    assertThat(
            client.post("/v1/orders/batch", OrderBodies.batch(other)).at("/results/0/problem/code"))
        .isEqualTo("idempotency_key_reused");
  }

  @Test
  void atomic_batch_places_all_orders_or_none() {
    String bad = OrderBodies.order("USD", OrderBodies.line("MUG", "0", "1.00"));
    TestResponse refused =
        client.post(
            "/v1/orders/batch", atomicBatch(OrderBodies.VALID_ORDER, bad, OrderBodies.VALID_ORDER));

    assertThat(refused.json().get("results").findValuesAsString("status").stream().distinct())
        .contains("409", "422");
    assertThat(refused.at("/results/0/problem/code")).isEqualTo("batch_aborted");
    assertThat(refused.at("/results/1/problem/code")).isEqualTo("invalid_value");
    assertThat(refused.at("/summary/placed")).isEqualTo("0");
    assertThat(orders()).isZero();

    String keyed = OrderBodies.VALID_ORDER.replaceFirst("\\{", "{\"key\": \"line-1\", ");
    TestResponse placed =
        client.post("/v1/orders/batch", atomicBatch(keyed, OrderBodies.VALID_ORDER));
    assertThat(placed.at("/summary/placed")).isEqualTo("2");
    assertThat(client.post("/v1/orders/batch", atomicBatch(keyed)).at("/results/0/replayed"))
        .isEqualTo("true");
    assertThat(orders()).isEqualTo(2);
  }

  @Test
  void atomic_batch_is_aborted_by_a_price_mismatch() {
    String wrongTotal = OrderBodies.orderWith("expectedTotal", "\"1.00\"");

    TestResponse refused =
        client.post("/v1/orders/batch", atomicBatch(wrongTotal, OrderBodies.VALID_ORDER));

    assertThat(refused.at("/results/0/problem/code")).isEqualTo("price_changed");
    assertThat(refused.at("/results/1/problem/code")).isEqualTo("batch_aborted");
    assertThat(orders()).isZero();
  }

  /** Call with an idempotency key made of its path and the hash of its body. */
  private record Call(int status, String path, String body, String ifMatch) {

    TestResponse send(ContractCheckingClient client) {
      return expect(
          status,
          client.post(
              path,
              body,
              "Content-Type",
              "application/json",
              "If-Match",
              ifMatch,
              "Idempotency-Key",
              path + body.hashCode()));
    }
  }

  private static String atomicBatch(String... orders) {
    return OrderBodies.batch(orders).replaceFirst("\\{", "{\"atomicity\": \"all\", ");
  }

  private int orders() {
    return client.get("/v1/orders").json().get("data").size();
  }

  private TestResponse post(String path, String body, String key) {
    return client.post(path, body, "Content-Type", "application/json", "Idempotency-Key", key);
  }
}
