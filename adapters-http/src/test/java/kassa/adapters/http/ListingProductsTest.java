package kassa.adapters.http;

import static kassa.adapters.http.Bodies.product;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingProductsTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void lists_nothing_while_there_is_nothing() {
    assertThat(client.get("/v1/products").body()).isEqualTo("{\"data\":[],\"nextCursor\":null}");
  }

  @Test
  void lists_products_whole_and_by_their_skus() {
    Answer pen = client.post("/v1/products", product("PEN", "1"));
    Answer mug = client.post("/v1/products", Bodies.productWith("sku", "\"MUG\""));

    assertThat(client.get("/v1/products").json().get("data"))
        .containsExactly(mug.json(), pen.json());
  }

  @Test
  void lists_fifty_unless_told_otherwise_and_two_hundred_at_most() {
    List<String> skus = IntStream.range(100, 301).mapToObj(Integer::toString).toList();
    keep(skus);

    assertThat(skus(client.get("/v1/products"))).isEqualTo(skus.subList(0, 50));
    assertThat(skus(client.get("/v1/products?limit=1"))).containsExactly("100");
    assertThat(skus(client.get("/v1/products?limit=200"))).isEqualTo(skus.subList(0, 200));
  }

  @Test
  void a_walk_meets_once_whatever_is_there_throughout() {
    keep(List.of("b", "d", "f", "h", "j"));

    Answer page = client.get("/v1/products?limit=2");
    List<String> met = new ArrayList<>(skus(page));
    while (!page.json().get("nextCursor").isNull()) {
      keep(List.of("a" + met.size(), "z" + met.size()));
      client.delete("/v1/products/" + met.getLast());
      page = client.get("/v1/products?limit=2&cursor=" + page.at("/nextCursor"));
      met.addAll(skus(page));
    }

    assertThat(met).startsWith("b", "d", "f", "h", "j").doesNotHaveDuplicates();
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
  void refuses_parameters_that_it_does_not_know_or_not_like_this(String query, String flaw) {
    Answer answer = client.get("/v1/products?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws()).containsExactly(flaw);
  }

  @Test
  void refuses_a_cursor_that_it_did_not_give_out_here() {
    keep(List.of("a", "b"));
    String cursor = client.get("/v1/products?limit=1").at("/nextCursor");
    client.place(Bodies.GOOD);
    client.place(Bodies.GOOD);
    String ofOrders = client.get("/v1/orders?limit=1").at("/nextCursor");

    for (String other : new String[] {"", "A", cursor + "AAAA", cursor.substring(4), ofOrders}) {
      assertThat(client.get("/v1/products?cursor=" + other).at("/code"))
          .isEqualTo("invalid_cursor");
    }
    assertThat(client.get("/v1/orders?cursor=" + cursor).at("/code")).isEqualTo("invalid_cursor");
  }

  private void keep(List<String> skus) {
    StringBuilder lines = new StringBuilder();
    skus.forEach(sku -> lines.append(product(sku, "1")).append('\n'));
    client.post("/v1/products/import", lines.toString(), "Content-Type", "application/x-ndjson");
  }

  private static List<String> skus(Answer page) {
    return page.json()
        .get("data")
        .valueStream()
        .map(product -> product.get("sku").stringValue())
        .toList();
  }
}
