package kassa.adapters.http.routing;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOutageTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @BeforeEach
  void makeStoreUnavailable() {
    client.place(OrderBodies.VALID_ORDER);
    server.store.makeUnavailable();
    server.products.makeUnavailable();
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
  void outage_is_503_and_never_404(String path) {
    TestResponse response = client.get(path);

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.at("/code")).isEqualTo("store_unavailable");
  }

  @Test
  void order_that_was_not_stored_is_503() {
    TestResponse response = client.post("/v1/orders", OrderBodies.VALID_ORDER);

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void quote_without_store_is_503() {
    TestResponse response =
        client.post(
            "/v1/quotes",
            "{\"currency\": \"USD\", \"lines\": [{\"sku\": \"MUG\", \"quantity\": 1}]}");

    assertThat(response.status()).isEqualTo(503);
  }

  @Test
  void cancellation_that_was_not_stored_is_503() {
    TestResponse response = client.post("/v1/orders/1/cancel", "", "If-Match", "\"1\"");

    assertThat(response.status()).isEqualTo(503);
  }

  @Test
  void transition_or_refund_that_was_not_stored_is_503() {
    assertThat(client.post("/v1/orders/1/pay", "", "If-Match", "\"1\"").status()).isEqualTo(503);
    assertThat(client.post("/v1/orders/1/refunds", "{\"amount\": \"1.00\"}").status())
        .isEqualTo(503);
    assertThat(client.get("/v1/orders/1/refunds").status()).isEqualTo(503);
  }

  @Test
  void product_that_was_not_stored_is_503() {
    assertThat(client.post("/v1/products", OrderBodies.PRODUCT).status()).isEqualTo(503);
    assertThat(client.put("/v1/products/MUG", OrderBodies.PRODUCT).status()).isEqualTo(503);
    assertThat(client.delete("/v1/products/MUG").status()).isEqualTo(503);
    assertThat(
            client
                .post(
                    "/v1/products/import",
                    OrderBodies.PRODUCT,
                    "Content-Type",
                    "application/x-ndjson")
                .status())
        .isEqualTo(503);
  }

  @Test
  void each_order_of_a_batch_is_503() {
    TestResponse response =
        client.post(
            "/v1/orders/batch",
            OrderBodies.batch(OrderBodies.VALID_ORDER, OrderBodies.VALID_ORDER));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json().get("results").findValuesAsString("code"))
        .containsExactly("store_unavailable", "store_unavailable");
  }

  @Test
  void invalid_body_is_reported_during_an_outage() {
    assertThat(client.post("/v1/orders", "{}").status()).isEqualTo(422);
  }

  @Test
  void recovers_when_the_store_is_available_again() {
    client.post("/v1/orders", OrderBodies.VALID_ORDER);

    server.store.makeAvailable();

    assertThat(client.place(OrderBodies.VALID_ORDER).at("/number")).isEqualTo("2");
    assertThat(client.get("/v1/orders").json().get("data")).hasSize(2);
  }
}
