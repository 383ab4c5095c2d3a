package kassa.adapters.http;

import static kassa.adapters.http.CheckedClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoneOnceTest {

  private static final String TEN_OFF = "{\"type\": \"percent_off_order\", \"percent\": \"10\"}";

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void an_order_that_is_sent_again_is_answered_again_to_the_last_byte() {
    Answer first = expect(201, post("/v1/orders", Bodies.GOOD, "k-1"));

    Answer second = expect(201, post("/v1/orders", Bodies.GOOD, "k-1"));

    assertThat(second.body()).isEqualTo(first.body());
    for (String header : List.of("Location", "ETag", "Content-Type")) {
      assertThat(second.header(header)).isEqualTo(first.header(header));
    }
    assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(first.has("Idempotent-Replayed")).isFalse();
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void the_answer_is_that_of_then_whatever_became_of_the_order() {
    Answer placed = post("/v1/orders", Bodies.GOOD, "k-1");
    String cancel = "/v1/orders/" + placed.at("/id") + "/cancel";
    Answer cancelled =
        expect(
            200,
            client.post(cancel, "", "If-Match", placed.header("ETag"), "Idempotency-Key", "k-2"));

    assertThat(post("/v1/orders", Bodies.GOOD, "k-1").at("/status")).isEqualTo("placed");
    Answer again =
        client.post(cancel, "", "If-Match", placed.header("ETag"), "Idempotency-Key", "k-2");
    assertThat(again.body()).isEqualTo(cancelled.body());
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.header("ETag")).isEqualTo(cancelled.header("ETag"));
  }

  @Test
  void an_order_is_moved_once_and_money_given_back_once() {
    Answer placed = post("/v1/orders", Bodies.GOOD, "k-1");
    String order = "/v1/orders/" + placed.at("/id");
    String[] pay = {"If-Match", placed.header("ETag"), "Idempotency-Key", "k-2"};
    Answer paid = expect(200, client.post(order + "/pay", "", pay));
    assertThat(expect(200, client.post(order + "/pay", "", pay)).body()).isEqualTo(paid.body());

    String mug = "{\"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}";
    expect(422, post(order + "/refunds", mug, "k-2"));
    expect(200, post(order + "/refunds?dryRun=true", mug, "k-3"));
    Answer refunded = expect(201, post(order + "/refunds", mug, "k-4"));
    Answer again = expect(201, post(order + "/refunds", mug, "k-4"));

    assertThat(again.body()).isEqualTo(refunded.body());
    assertThat(again.header("ETag")).isEqualTo(refunded.header("ETag"));
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(client.get(order + "/refunds").json().get("data")).hasSize(1);
  }

  @Test
  void a_key_names_one_request() {
    post("/v1/orders", Bodies.GOOD, "k-1");

    for (String path : List.of("/v1/orders", "/v1/quotes", "/v1/products")) {
      String body =
          path.equals("/v1/orders") ? Bodies.order("EUR", Bodies.line("A", "1", "1")) : Bodies.GOOD;
      assertThat(expect(422, post(path, body, "k-1")).at("/code"))
          .isEqualTo("idempotency_key_reused");
    }
    assertThat(orders()).isEqualTo(1);
  }

  @Test
  void what_was_refused_is_decided_anew() {
    String product = Bodies.product("MUG", "12.50");
    String order = "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}";
    expect(422, post("/v1/orders", order, "k-1"));

    expect(201, post("/v1/products", product, "k-2"));

    assertThat(expect(201, post("/v1/orders", order, "k-1")).has("Idempotent-Replayed")).isFalse();
  }

  @Test
  void other_calls_are_done_once_too() {
    Answer first = expect(201, post("/v1/products", Bodies.PRODUCT, "k-1"));
    Answer second = expect(201, post("/v1/products", Bodies.PRODUCT, "k-1"));

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    expect(409, post("/v1/products", Bodies.PRODUCT, "k-2"));
  }

  @Test
  void what_another_node_does_meanwhile_under_the_same_key_is_what_is_answered() {
    String order = "/v1/orders/" + client.place(Bodies.orderWith("quantity", "10")).at("/id");
    String rule =
        server.putInForce("{\"code\": \"TEN\", \"effects\": [" + TEN_OFF + "]}").toString();
    AtomicReference<OvertakenCalls> calls = new AtomicReference<>();
    try (TestServer other =
        server.otherNode(useCases -> {
          calls.set(new OvertakenCalls(useCases.callOnce()));
          return OvertakenCalls.in(useCases, calls.get());
        })) {
      List<Call> all =
          List.of(
              new Call(200, order + "/pay", "", "\"1\""),
              new Call(201, order + "/refunds", "{\"amount\": \"1.00\"}", "*"),
              new Call(201, order + "/refunds", "{\"amount\": \"899.00\"}", "*"),
              new Call(200, order + "/cancel", "", "*"),
              new Call(201, "/v1/products", Bodies.PRODUCT, "*"),
              new Call(201, "/v1/rules", "{\"effects\": [" + TEN_OFF + "]}", "*"),
              new Call(200, "/v1/rules/" + rule + "/archive", "", "\"1\""),
              new Call(200, "/v1/quotes", Bodies.GOOD, "*"));
      for (Call call : all) {
        AtomicReference<Answer> first = new AtomicReference<>();
        calls.get().meanwhile().set(() -> first.set(call.send(client)));

        Answer answer = call.send(other.client);

        assertThat(answer.body()).as(call.path()).isEqualTo(first.get().body());
        assertThat(answer.status()).as(call.path()).isEqualTo(call.status());
        assertThat(answer.has("ETag")).as(call.path()).isEqualTo(first.get().has("ETag"));
      }
    }
    assertThat(client.get(order + "/refunds").json().get("data")).hasSize(2);
    assertThat(client.get("/v1/rules").json().get("data")).hasSize(3);
  }

  @Test
  void codes_are_issued_once() {
    String rule =
        server.putInForce("{\"code\": \"TEN\", \"effects\": [" + TEN_OFF + "]}").toString();
    String three = "{\"ruleId\": \"%s\", \"count\": 3}".formatted(rule);
    String one = "{\"ruleId\": \"%s\", \"code\": \"NEW\"}".formatted(rule);

    Answer issued = expect(201, post("/v1/codes", three, "k-1"));
    Answer chosen = expect(201, post("/v1/codes", one, "k-2"));

    assertThat(post("/v1/codes", three, "k-1").body()).isEqualTo(issued.body());
    Answer again = expect(201, post("/v1/codes", one, "k-2"));
    assertThat(again.body()).isEqualTo(chosen.body());
    assertThat(again.header("Location")).isEqualTo(chosen.header("Location"));
    assertThat(client.get("/v1/codes?ruleId=" + rule).json().get("data")).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\u00e4", "LONG"})
  void refuses_what_is_no_key(String key) {
    String sent = key.equals("LONG") ? "k".repeat(256) : key;
    try (RawConnection connection = server.client.open()) {
      Answer answer =
          connection
              .send(
                  "POST /v1/orders HTTP/1.1\nHost: kassa\nContent-Type: application/json\n"
                      + "Idempotency-Key: %s\nContent-Length: %d\n\n%s"
                          .formatted(sent, Bodies.GOOD.length(), Bodies.GOOD))
              .answer("POST", "/v1/orders");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.flaws()).hasSize(1).first().asString().startsWith("Idempotency-Key: ");
    }
    assertThat(orders()).isZero();
  }

  @Test
  void an_order_among_many_has_a_key_of_its_own() {
    String order = Bodies.GOOD.replaceFirst("\\{", "{\"key\": \"line-1\", ");
    Answer first = client.post("/v1/orders/batch", Bodies.batch(order, Bodies.GOOD));
    Answer second = client.post("/v1/orders/batch", Bodies.batch(Bodies.GOOD, order));

    assertThat(first.at("/results/0/key")).isEqualTo("line-1");
    assertThat(second.at("/results/1/replayed")).isEqualTo("true");
    assertThat(second.json().at("/results/1/order")).isEqualTo(first.json().at("/results/0/order"));
    assertThat(orders()).isEqualTo(3);
    String other = order.replace("100.00", "7.00");
    assertThat(client.post("/v1/orders/batch", Bodies.batch(other)).at("/results/0/problem/code"))
        .isEqualTo("idempotency_key_reused");
  }

  @Test
  void places_all_together_or_none() {
    String bad = Bodies.order("USD", Bodies.line("MUG", "0", "1.00"));
    Answer refused = client.post("/v1/orders/batch", all(Bodies.GOOD, bad, Bodies.GOOD));

    assertThat(refused.json().get("results").findValuesAsString("status").stream().distinct())
        .contains("409", "422");
    assertThat(refused.at("/results/0/problem/code")).isEqualTo("orders_withheld");
    assertThat(refused.at("/results/1/problem/code")).isEqualTo("invalid_value");
    assertThat(refused.at("/summary/placed")).isEqualTo("0");
    assertThat(orders()).isZero();

    String keyed = Bodies.GOOD.replaceFirst("\\{", "{\"key\": \"line-1\", ");
    Answer placed = client.post("/v1/orders/batch", all(keyed, Bodies.GOOD));
    assertThat(placed.at("/summary/placed")).isEqualTo("2");
    assertThat(client.post("/v1/orders/batch", all(keyed)).at("/results/0/replayed"))
        .isEqualTo("true");
    assertThat(orders()).isEqualTo(2);
  }

  @Test
  void a_refusal_by_the_rules_of_the_shop_withholds_the_others() {
    String wrongTotal = Bodies.orderWith("expectedTotal", "\"1.00\"");

    Answer refused = client.post("/v1/orders/batch", all(wrongTotal, Bodies.GOOD));

    assertThat(refused.at("/results/0/problem/code")).isEqualTo("price_changed");
    assertThat(refused.at("/results/1/problem/code")).isEqualTo("orders_withheld");
    assertThat(orders()).isZero();
  }

  /** A call that is sent under its path as its key. */
  private record Call(int status, String path, String body, String ifMatch) {

    Answer send(CheckedClient client) {
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

  private static String all(String... orders) {
    return Bodies.batch(orders).replaceFirst("\\{", "{\"atomicity\": \"all\", ");
  }

  private int orders() {
    return client.get("/v1/orders").json().get("data").size();
  }

  private Answer post(String path, String body, String key) {
    return client.post(path, body, "Content-Type", "application/json", "Idempotency-Key", key);
  }
}
