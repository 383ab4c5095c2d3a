package kassa.adapters.http.order;

import static org.assertj.core.api.Assertions.assertThat;

import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindOrderEndpointTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;
  private final TestResponse placed = client.place(OrderBodies.VALID_ORDER);
  private final String path = "/v1/orders/" + placed.at("/id");

  @Test
  void finds_order_by_id_and_by_number() {
    TestResponse byId = client.get(path);
    TestResponse byNumber = client.get("/v1/orders/" + placed.at("/number"));

    assertThat(byId.body()).isEqualTo(placed.body());
    assertThat(byNumber.body()).isEqualTo(placed.body());
    assertThat(byId.header("ETag")).isEqualTo(placed.header("ETag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ord_00000000000000000000000000",
        "ord_7zzzzzzzzzzzzzzzzzzzzzzzzz",
        "ORD_01kdvdna00e000000000000001",
        "rul_01kdvdna00e008000000000001",
        "0",
        "999999999999999999",
        "9999999999999999999",
        "-1",
        "batch",
        "%C3%A4"
      })
  void unknown_order_is_not_found(String id) {
    TestResponse response = client.get("/v1/orders/" + id);

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.at("/detail")).isEqualTo("The order does not exist.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "W/\"1\"", "\"7\", \"1\"", "*"})
  void matching_if_none_match_is_not_modified(String tags) {
    TestResponse response = client.get(path, "If-None-Match", tags);

    assertThat(response.status()).isEqualTo(304);
    assertThat(response.header("ETag")).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "1", "\"\"", "\"1"})
  void other_if_none_match_returns_the_order(String tags) {
    assertThat(client.get(path, "If-None-Match", tags).body()).isEqualTo(placed.body());
  }

  @Test
  void explain_returns_the_outcome_of_each_rule() {
    TestResponse explained = client.get(path + "?explain=true");

    assertThat(explained.json().get("trace"))
        .isEqualTo(
            TestJson.read(
                """
                [{"ruleId": "rul_01kdvdna00e008000000000001", "ruleVersion": 1,
                  "label": "Quantity tiers", "outcome": "skipped", "reason": "no_effect",
                  "path": "/effects/0/tiers/0/from", "expected": "at least 10", "found": "1"}]
                """));
    assertThat(explained.body().replaceFirst(",\"trace\":.*", "}")).isEqualTo(placed.body());
    assertThat(client.get(path + "?explain=false").body()).isEqualTo(placed.body());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "1"           | false | 304
          "1"           | true  | 200
          "1-explained" | true  | 304
          "1-explained" | false | 200
          *             | true  | 304
          """,
      delimiter = '|',
      quoteCharacter = '\'')
  void etag_differs_with_and_without_explain(String tag, boolean explain, int status) {
    TestResponse response = client.get(path + "?explain=" + explain, "If-None-Match", tag);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("ETag")).isEqualTo(explain ? "\"1-explained\"" : "\"1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "TRUE", "yes", "true "})
  void explain_accepts_only_true_and_false(String value) {
    TestResponse response = client.get(path + "?explain=" + value.replace(" ", "%20"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly("?explain out_of_range");
  }

  @Test
  void reads_all_if_none_match_headers() {
    assertThat(client.get(path, "If-None-Match", "\"7\"", "If-None-Match", "\"1\"").status())
        .isEqualTo(304);
  }

  @Test
  void head_has_the_headers_of_get() {
    TestResponse head = client.send("HEAD", path, new byte[0]);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo("\"1\"");
    assertThat(head.header("Content-Length")).isEqualTo("" + placed.body().length());
    assertThat(client.send("HEAD", "/v1/orders/0", new byte[0]).status()).isEqualTo(404);
  }
}
