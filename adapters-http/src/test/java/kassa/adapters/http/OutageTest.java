package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @BeforeEach
  void take_the_store_away() {
    client.place(Bodies.GOOD);
    server.store.takeAway();
    server.products.takeAway();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/orders",
        "/v1/orders?limit=1",
        "/v1/orders/1",
        "/v1/orders/2",
        "/v1/orders/1?explain=true",
        "/v1/orders/ord_01kdvdna00e000000000000001",
        "/v1/products",
        "/v1/products/MUG"
      })
  void an_outage_is_never_answered_as_absence(String path) {
    Answer answer = client.get(path);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.at("/code")).isEqualTo("store_unavailable");
  }

  @Test
  void an_order_that_could_not_be_kept_is_not_accepted() {
    Answer answer = client.post("/v1/orders", Bodies.GOOD);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void what_cannot_be_looked_up_is_not_quoted() {
    Answer answer =
        client.post(
            "/v1/quotes",
            "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}");

    assertThat(answer.status()).isEqualTo(503);
  }

  @Test
  void an_order_that_could_not_be_cancelled_is_not_said_to_be() {
    Answer answer = client.post("/v1/orders/1/cancel", "", "If-Match", "\"1\"");

    assertThat(answer.status()).isEqualTo(503);
  }

  @Test
  void an_order_that_could_not_be_moved_or_refunded_is_not_said_to_be() {
    assertThat(client.post("/v1/orders/1/pay", "", "If-Match", "\"1\"").status()).isEqualTo(503);
    assertThat(client.post("/v1/orders/1/refunds", "{\"amount\": \"1.00\"}").status())
        .isEqualTo(503);
    assertThat(client.get("/v1/orders/1/refunds").status()).isEqualTo(503);
  }

  @Test
  void a_product_that_could_not_be_kept_is_not_said_to_be() {
    assertThat(client.post("/v1/products", Bodies.PRODUCT).status()).isEqualTo(503);
    assertThat(client.put("/v1/products/MUG", Bodies.PRODUCT).status()).isEqualTo(503);
    assertThat(client.delete("/v1/products/MUG").status()).isEqualTo(503);
    assertThat(
            client
                .post("/v1/products/import", Bodies.PRODUCT, "Content-Type", "application/x-ndjson")
                .status())
        .isEqualTo(503);
  }

  @Test
  void each_order_of_a_batch_is_answered_so() {
    Answer answer = client.post("/v1/orders/batch", Bodies.batch(Bodies.GOOD, Bodies.GOOD));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("results").findValuesAsString("code"))
        .containsExactly("store_unavailable", "store_unavailable");
  }

  @Test
  void a_fault_of_the_body_is_told_all_the_same() {
    assertThat(client.post("/v1/orders", "{}").status()).isEqualTo(422);
  }

  @Test
  void all_is_well_again_when_the_store_is_back() {
    client.post("/v1/orders", Bodies.GOOD);

    server.store.bringBack();

    assertThat(client.place(Bodies.GOOD).at("/number")).isEqualTo("2");
    assertThat(client.get("/v1/orders").json().get("data")).hasSize(2);
  }
}
