package kassa.adapters.http.catalogue;

import static kassa.adapters.http.OrderBodies.product;
import static kassa.adapters.http.OrderBodies.productWith;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProductEndpointTest {

  private static final String MUG = "/v1/products/MUG";

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void creates_product_with_location() {
    TestResponse created = client.post("/v1/products", productWith("sku", "\"MUG\""));

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
  void creates_product_with_required_fields_only() {
    TestResponse created = client.post("/v1/products", product("MUG", "0"));

    assertThat(created.body())
        .startsWith(
            """
            {"sku":"MUG","name":"Mug","unitPrice":"0.00","currency":"USD","tags":[],\
            "listPrice":null,"minUnitPrice":null,"taxRate":null,"active":true,"version":1,\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A/B",
        "/",
        "//",
        "100%",
        "%2F",
        "a\\b",
        "a;b=c",
        ";",
        "a?b#c",
        "...",
        "a&b+c d",
        "Käse",
        "..;",
        "./..",
        "a..b",
        "[x]{y}|^`",
        "\"",
        "二",
        "..%2F..",
        "~'()*!$,:@"
      })
  void product_with_any_sku_is_reached_at_its_location(String sku) {
    String json = TestJson.write(sku);
    TestResponse created = client.post("/v1/products", productWith("sku", json));
    String location = created.header("Location");

    assertThat(created.status()).isEqualTo(201);
    assertThat(client.get(location).at("/sku")).isEqualTo(sku);
    assertThat(client.put(location, productWith("sku", json)).status()).isEqualTo(200);
    assertThat(client.delete(location).status()).isEqualTo(204);
    assertThat(client.get(location).status()).isEqualTo(404);
    assertThat(client.put(location, productWith("sku", json)).status()).isEqualTo(201);
    assertThat(client.delete(location).status()).isEqualTo(204);
  }

  @Test
  void product_is_the_same_in_every_unicode_normalization() {
    client.post("/v1/products", productWith("sku", "\"Ka\u0308se\""));

    assertThat(client.get("/v1/products/K%C3%A4se").at("/sku")).isEqualTo("K\u00e4se");
    assertThat(client.get("/v1/products/Ka%CC%88se").at("/sku")).isEqualTo("K\u00e4se");
    assertThat(client.post("/v1/products", productWith("sku", "\"K\u00e4se\"")).at("/code"))
        .isEqualTo("product_exists");
    assertThat(client.put("/v1/products/Ka%CC%88se", product("Ka\u0308se", "2")).status())
        .isEqualTo(200);
    assertThat(client.delete("/v1/products/Ka%CC%88se").status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          .,        must not be . or ..
          ..,       must not be . or ..
          A\\u200BB, invisible or control character U+200B
          A\\u202EB, invisible or control character U+202E
          A\\uFE0FB, invisible or control character U+FE0F
          A\\u00ADB, invisible or control character U+00AD
          A\\u0000B, invisible or control character U+0000
          A\\uD800B, invisible or control character U+D800
          A\\uDB40\\uDC41B, invisible or control character U+E0041
          """)
  void refuses_a_sku_that_cannot_be_seen_or_reached(String sku, String detail) {
    TestResponse refused = client.post("/v1/products", productWith("sku", "\"" + sku + "\""));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/errors/0/pointer")).isEqualTo("/sku");
    assertThat(refused.at("/errors/0/detail")).contains(detail);
  }

  @Test
  void put_takes_what_get_answered_and_refuses_other_values_of_read_only_fields() {
    client.post("/v1/products", productWith("sku", "\"MUG\""));
    String got = client.get(MUG).body();

    TestResponse same = client.put(MUG, got);
    assertThat(same.status()).isEqualTo(200);
    TestResponse refused = client.put(MUG, got);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.violations()).containsExactly("/version read_only", "/updatedAt read_only");
    assertThat(client.put("/v1/products/CUP", got.replace("\"MUG\"", "\"CUP\"")).violations())
        .containsExactly("/version read_only", "/createdAt read_only", "/updatedAt read_only");
  }

  @Test
  void accepts_null_for_optional_fields() {
    String nulls =
        """
        {"sku": "MUG", "name": "Mug", "unitPrice": "1", "currency": "USD", "tags": null,
         "listPrice": null, "minUnitPrice": null, "taxRate": null, "active": null}\
        """;

    assertThat(client.post("/v1/products", nulls).at("/active")).isEqualTo("true");
    assertThat(client.put(MUG, nulls.replace("\"MUG\"", "null")).status()).isEqualTo(200);
  }

  @Test
  void rejects_duplicate_sku() {
    TestResponse created = client.post("/v1/products", product("MUG", "1"));

    TestResponse refused = client.post("/v1/products", product("MUG", "2"));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("product_exists");
    assertThat(client.get(MUG).body()).isEqualTo(created.body());
  }

  @Test
  void put_creates_or_replaces_a_product() {
    TestResponse created = client.put(MUG, productWith("sku", "\"MUG\""));
    TestResponse replaced = client.put(MUG, product("MUG", "2"));

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
  void sku_in_body_is_optional_but_must_match_the_path() {
    String withoutSku = product("MUG", "1").replace("\"sku\": \"MUG\", ", "");

    assertThat(client.put(MUG, withoutSku).status()).isEqualTo(201);
    TestResponse refused = client.put(MUG, product("mug", "1"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.violations()).containsExactly("/sku out_of_range");
    assertThat(client.get("/v1/products/mug").status()).isEqualTo(404);
  }

  @Test
  void replaces_only_with_matching_if_match() {
    String first = client.put(MUG, product("MUG", "1")).header("ETag");
    TestResponse second = client.put(MUG, product("MUG", "2"), "If-Match", first);
    assertThat(second.status()).isEqualTo(200);

    for (String tags : new String[] {first, "W/" + second.header("ETag"), "\"2\"", "2", ""}) {
      TestResponse refused = client.put(MUG, product("MUG", "3"), "If-Match", tags);

      assertThat(refused.status()).as(tags).isEqualTo(412);
      assertThat(refused.at("/code")).isEqualTo("precondition_failed");
    }
    assertThat(client.get(MUG).body()).isEqualTo(second.body());

    String both = first + ", " + second.header("ETag");
    assertThat(client.put(MUG, product("MUG", "3"), "If-Match", both).status()).isEqualTo(200);
    assertThat(client.put(MUG, product("MUG", "4"), "If-Match", "*").status()).isEqualTo(200);
  }

  @Test
  void if_match_star_prevents_creation() {
    assertThat(client.put(MUG, product("MUG", "1"), "If-Match", "*").status()).isEqualTo(412);
    assertThat(client.get(MUG).status()).isEqualTo(404);
  }

  @Test
  void recreated_product_has_another_etag() {
    String first = client.put(MUG, product("MUG", "1")).header("ETag");
    client.delete(MUG);
    TestResponse second = client.put(MUG, product("MUG", "2"));

    assertThat(second.at("/version")).isEqualTo("1");
    assertThat(client.put(MUG, product("MUG", "3"), "If-Match", first).status()).isEqualTo(412);
    assertThat(client.delete(MUG, "If-Match", first).status()).isEqualTo(412);
    assertThat(client.get(MUG, "If-None-Match", first).body()).isEqualTo(second.body());
  }

  @Test
  void rejects_unsupported_if_none_match() {
    TestResponse refused = client.put(MUG, product("MUG", "1"), "If-None-Match", "*");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.violations()).containsExactly("If-None-Match: not_supported");
  }

  @Test
  void matching_if_none_match_is_not_modified() {
    String tag = client.put(MUG, product("MUG", "1")).header("ETag");

    assertThat(client.get(MUG, "If-None-Match", tag).status()).isEqualTo(304);
    assertThat(client.get(MUG, "If-None-Match", "\"1\"").status()).isEqualTo(200);
    assertThat(client.send("HEAD", MUG, new byte[0]).header("ETag")).isEqualTo(tag);
  }

  @Test
  void second_deletion_is_not_found() {
    client.put(MUG, product("MUG", "1"));

    assertThat(client.delete(MUG).status()).isEqualTo(204);
    assertThat(client.delete(MUG).status()).isEqualTo(404);
    assertThat(client.get(MUG).at("/detail")).isEqualTo("The product does not exist.");
    assertThat(client.get("/v1/products").json().get("data")).isEmpty();
  }

  @Test
  void deletes_only_with_matching_if_match() {
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
  void finds_sku_with_escaped_characters_in_the_path(String sku) {
    String body =
        TestJson.write(
            java.util.Map.of("sku", sku, "name", "x", "unitPrice", "1", "currency", "USD"));
    TestResponse created = client.post("/v1/products", body);

    String path = created.header("Location");

    assertThat(client.get(path).at("/sku")).isEqualTo(sku);
    assertThat(client.put(path, body).status()).isEqualTo(200);
    assertThat(client.delete(path).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%00b", "%C3"})
  void rejects_malformed_path(String inPath) {
    for (String method : new String[] {"GET", "PUT", "DELETE"}) {
      // The server closes the connection after such a response, so each call uses its own.
      try (ContractCheckingClient ownClient = new ContractCheckingClient(server.http.port())) {
        TestResponse refused = ownClient.send(method, "/v1/products/" + inPath, new byte[0]);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/code")).isEqualTo("bad_request");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" MUG", "MUG ", "M\u0085UG"})
  void malformed_sku_is_not_found(String sku) {
    String path =
        "/v1/products/" + URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");

    TestResponse put = client.put(path, product("MUG", "1"));
    assertThat(put.status()).isEqualTo(422);
    assertThat(put.at("/errors/0/pointer")).isEqualTo("/sku");
    for (TestResponse response : new TestResponse[] {client.get(path), client.delete(path)}) {
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.at("/detail")).startsWith("The product does not exist: sku must ");
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
  void rejects_unknown_parameters(String method, String target) {
    assertThat(client.send(method, target, new byte[0]).violations())
        .containsExactly("?* unknown_parameter");
  }
}
