package kassa.adapters.http.catalogue;

import static kassa.adapters.http.OrderBodies.product;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListProductsEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void empty_list_has_no_items() {
    assertThat(client.get("/v1/products").body()).isEqualTo("{\"data\":[],\"nextCursor\":null}");
  }

  @Test
  void lists_complete_products_sorted_by_sku() {
    TestResponse pen = client.post("/v1/products", product("PEN", "1"));
    TestResponse mug = client.post("/v1/products", OrderBodies.productWith("sku", "\"MUG\""));

    assertThat(client.get("/v1/products").json().get("data"))
        .containsExactly(mug.json(), pen.json());
  }

  @Test
  void default_limit_is_50_and_maximum_200() {
    List<String> skus = IntStream.range(100, 301).mapToObj(Integer::toString).toList();
    createProducts(skus);

    assertThat(skus(client.get("/v1/products"))).isEqualTo(skus.subList(0, 50));
    assertThat(skus(client.get("/v1/products?limit=1"))).containsExactly("100");
    assertThat(skus(client.get("/v1/products?limit=200"))).isEqualTo(skus.subList(0, 200));
  }

  @Test
  void paging_lists_every_existing_product_once() {
    createProducts(List.of("b", "d", "f", "h", "j"));

    TestResponse page = client.get("/v1/products?limit=2");
    List<String> listed = new ArrayList<>(skus(page));
    while (!page.json().get("nextCursor").isNull()) {
      createProducts(List.of("a" + listed.size(), "z" + listed.size()));
      client.delete("/v1/products/" + listed.getLast());
      page = client.get("/v1/products?limit=2&cursor=" + page.at("/nextCursor"));
      listed.addAll(skus(page));
    }

    assertThat(listed).startsWith("b", "d", "f", "h", "j").doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          limit=0             | ?limit out_of_range
          limit=201           | ?limit out_of_range
          limit=1&limit=1     | ?limit repeated_parameter
          offset=1            | ?offset unknown_parameter
          """,
      delimiter = '|')
  void rejects_unknown_or_invalid_parameters(String query, String violation) {
    TestResponse response = client.get("/v1/products?" + query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly(violation);
  }

  @Test
  void rejects_foreign_cursor() {
    createProducts(List.of("a", "b"));
    String cursor = client.get("/v1/products?limit=1").at("/nextCursor");
    client.place(OrderBodies.VALID_ORDER);
    client.place(OrderBodies.VALID_ORDER);
    String orderCursor = client.get("/v1/orders?limit=1").at("/nextCursor");

    for (String other : new String[] {"", "A", cursor + "AAAA", cursor.substring(4), orderCursor}) {
      assertThat(client.get("/v1/products?cursor=" + other).at("/code"))
          .isEqualTo("invalid_cursor");
    }
    assertThat(client.get("/v1/orders?cursor=" + cursor).at("/code")).isEqualTo("invalid_cursor");
  }

  private void createProducts(List<String> skus) {
    StringBuilder lines = new StringBuilder();
    skus.forEach(sku -> lines.append(product(sku, "1")).append('\n'));
    client.post("/v1/products/import", lines.toString(), "Content-Type", "application/x-ndjson");
  }

  private static List<String> skus(TestResponse page) {
    return page.json()
        .get("data")
        .valueStream()
        .map(product -> product.get("sku").stringValue())
        .toList();
  }
}
