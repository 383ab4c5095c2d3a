package kassa.adapters.http;

import static kassa.adapters.http.Bodies.product;
import static kassa.adapters.http.Bodies.productWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepingProductsTest {

  private static final String MUG = "/v1/products/MUG";

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void creates_a_product_and_says_where_it_is() {
    Answer created = client.post("/v1/products", productWith("sku", "\"MUG\""));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo(MUG);
    assertThat(created.header("ETag")).startsWith("\"1-");
    assertThat(created.body())
        .isEqualTo(
            """
            {"sku":"MUG","name":"Mug, red","unitPrice":"12.50","currency":"USD",\
            "tags":["kitchen","mug"],"listPrice":"15.00","minUnitPrice":"9.99","taxRate":"19",\
            "active":false,"version":1,"createdAt":"2026-06-15T12:00:00.123458Z",\
            "updatedAt":"2026-06-15T12:00:00.123458Z"}\
            """);
    assertThat(client.get(MUG).body()).isEqualTo(created.body());
    assertThat(client.get(MUG).header("ETag")).isEqualTo(created.header("ETag"));
  }

  @Test
  void creates_a_product_with_no_more_than_it_must_have() {
    Answer created = client.post("/v1/products", product("MUG", "0"));

    assertThat(created.body())
        .startsWith(
            """
            {"sku":"MUG","name":"Mug","unitPrice":"0.00","currency":"USD","tags":[],\
            "listPrice":null,"minUnitPrice":null,"taxRate":null,"active":true,"version":1,\
            """);
  }

  @Test
  void takes_null_for_what_may_be_left_out() {
    String nulls =
        """
        {"sku": "MUG", "name": "Mug", "unitPrice": "1", "currency": "USD", "tags": null,
         "listPrice": null, "minUnitPrice": null, "taxRate": null, "active": null}\
        """;

    assertThat(client.post("/v1/products", nulls).at("/active")).isEqualTo("true");
    assertThat(client.put(MUG, nulls.replace("\"MUG\"", "null")).status()).isEqualTo(200);
  }

  @Test
  void refuses_to_create_a_product_whose_sku_is_taken() {
    Answer created = client.post("/v1/products", product("MUG", "1"));

    Answer refused = client.post("/v1/products", product("MUG", "2"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("product_exists");
    assertThat(client.get(MUG).body()).isEqualTo(created.body());
  }

  @Test
  void puts_a_product_that_is_new_and_one_that_is_not() {
    Answer created = client.put(MUG, productWith("sku", "\"MUG\""));
    Answer replaced = client.put(MUG, product("MUG", "2"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo(MUG);
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.has("Location")).isFalse();
    assertThat(replaced.at("/version")).isEqualTo("2");
    assertThat(replaced.json().get("tags")).isEmpty();
    assertThat(replaced.at("/createdAt")).isEqualTo(created.at("/createdAt"));
    assertThat(replaced.at("/updatedAt")).isGreaterThan(created.at("/updatedAt"));
    assertThat(replaced.header("ETag")).isNotEqualTo(created.header("ETag"));
    assertThat(client.get(MUG).body()).isEqualTo(replaced.body());
  }

  @Test
  void needs_no_sku_in_the_body_when_the_path_names_it_but_none_that_contradicts() {
    String withoutSku = product("MUG", "1").replace("\"sku\": \"MUG\", ", "");

    assertThat(client.put(MUG, withoutSku).status()).isEqualTo(201);
    Answer refused = client.put(MUG, product("mug", "1"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.flaws()).containsExactly("/sku out_of_range");
    assertThat(client.get("/v1/products/mug").status()).isEqualTo(404);
  }

  @Test
  void replaces_only_what_If_Match_names() {
    String first = client.put(MUG, product("MUG", "1")).header("ETag");
    Answer second = client.put(MUG, product("MUG", "2"), "If-Match", first);
    assertThat(second.status()).isEqualTo(200);

    for (String tags : new String[] {first, "W/" + second.header("ETag"), "\"2\"", "2", ""}) {
      Answer refused = client.put(MUG, product("MUG", "3"), "If-Match", tags);

      assertThat(refused.status()).as(tags).isEqualTo(412);
      assertThat(refused.at("/code")).isEqualTo("precondition_failed");
    }
    assertThat(client.get(MUG).body()).isEqualTo(second.body());

    String both = first + ", " + second.header("ETag");
    assertThat(client.put(MUG, product("MUG", "3"), "If-Match", both).status()).isEqualTo(200);
    assertThat(client.put(MUG, product("MUG", "4"), "If-Match", "*").status()).isEqualTo(200);
  }

  @Test
  void creates_nothing_when_If_Match_demands_that_something_is_there() {
    assertThat(client.put(MUG, product("MUG", "1"), "If-Match", "*").status()).isEqualTo(412);
    assertThat(client.get(MUG).status()).isEqualTo(404);
  }

  @Test
  void takes_a_product_that_was_created_again_for_another_one() {
    String first = client.put(MUG, product("MUG", "1")).header("ETag");
    client.delete(MUG);
    Answer second = client.put(MUG, product("MUG", "2"));

    assertThat(second.at("/version")).isEqualTo("1");
    assertThat(client.put(MUG, product("MUG", "3"), "If-Match", first).status()).isEqualTo(412);
    assertThat(client.delete(MUG, "If-Match", first).status()).isEqualTo(412);
    assertThat(client.get(MUG, "If-None-Match", first).body()).isEqualTo(second.body());
  }

  @Test
  void refuses_If_None_Match_where_it_would_not_be_kept() {
    Answer refused = client.put(MUG, product("MUG", "1"), "If-None-Match", "*");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.flaws()).containsExactly("If-None-Match: not_supported");
  }

  @Test
  void does_not_send_again_what_the_caller_has() {
    String tag = client.put(MUG, product("MUG", "1")).header("ETag");

    assertThat(client.get(MUG, "If-None-Match", tag).status()).isEqualTo(304);
    assertThat(client.get(MUG, "If-None-Match", "\"1\"").status()).isEqualTo(200);
    assertThat(client.send("HEAD", MUG, new byte[0]).header("ETag")).isEqualTo(tag);
  }

  @Test
  void deletes_a_product_once() {
    client.put(MUG, product("MUG", "1"));

    assertThat(client.delete(MUG).status()).isEqualTo(204);
    assertThat(client.delete(MUG).status()).isEqualTo(404);
    assertThat(client.get(MUG).at("/detail")).isEqualTo("There is no such product.");
    assertThat(client.get("/v1/products").json().get("data")).isEmpty();
  }

  @Test
  void deletes_only_what_If_Match_names() {
    String first = client.put(MUG, product("MUG", "1")).header("ETag");
    String second = client.put(MUG, product("MUG", "2")).header("ETag");

    assertThat(client.delete(MUG, "If-Match", first).status()).isEqualTo(412);
    assertThat(client.get(MUG).status()).isEqualTo(200);
    assertThat(client.delete(MUG, "If-Match", second).status()).isEqualTo(204);
    assertThat(client.delete(MUG, "If-Match", "*").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Käse, jung",
        "a+b",
        "a b",
        "a:b;c=d",
        "a?b#c",
        "a&b=c",
        "\"'<>",
        "\uD83C\uDF81",
        "*~_-.",
        "import"
      })
  void names_any_sku_in_the_path_but_those_that_no_path_can(String sku) {
    String body =
        Json.write(java.util.Map.of("sku", sku, "name", "x", "unitPrice", "1", "currency", "USD"));
    Answer created = client.post("/v1/products", body);

    String path = created.header("Location");

    assertThat(client.get(path).at("/sku")).isEqualTo(sku);
    assertThat(client.put(path, body).status()).isEqualTo(200);
    assertThat(client.delete(path).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%2Fb", "a%5Cb", "100%25", "a%00b", "%C3"})
  void refuses_a_path_that_could_be_taken_for_another(String inPath) {
    for (String method : new String[] {"GET", "PUT", "DELETE"}) {
      // The server closes the connection behind such an answer, so each call has its own.
      try (CheckedClient once = new CheckedClient(server.http.port())) {
        Answer refused = once.send(method, "/v1/products/" + inPath, new byte[0]);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code")).isEqualTo("bad_request");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" MUG", "MUG ", "M\u0085UG"})
  void knows_that_there_can_be_no_such_product(String sku) {
    String path =
        "/v1/products/" + URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");

    for (Answer answer :
        new Answer[] {
          client.get(path), client.put(path, product("MUG", "1")), client.delete(path)
        }) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.at("/detail")).startsWith("There can be no such product: sku must ");
    }
    assertThat(client.get("/v1/products/" + "x".repeat(65)).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          GET    | /v1/products/MUG?fields=sku
          PUT    | /v1/products/MUG?dry=true
          DELETE | /v1/products/MUG?force
          POST   | /v1/products?upsert=true
          POST   | /v1/products/import?dry=true
          """,
      delimiter = '|')
  void refuses_parameters_that_it_does_not_know(String method, String target) {
    assertThat(client.send(method, target, new byte[0]).flaws())
        .containsExactly("?* unknown_parameter");
  }
}
