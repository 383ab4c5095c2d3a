package kassa.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingOrdersTest {

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;
  private final Answer placed = client.place(Bodies.GOOD);
  private final String path = "/v1/orders/" + placed.at("/id");

  @Test
  void finds_an_order_by_its_id_and_by_its_number() {
    Answer byId = client.get(path);
    Answer byNumber = client.get("/v1/orders/" + placed.at("/number"));

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
  void knows_when_there_is_no_such_order(String id) {
    Answer answer = client.get("/v1/orders/" + id);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/detail")).isEqualTo("There is no such order.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "W/\"1\"", "\"7\", \"1\"", "*"})
  void does_not_send_again_what_the_caller_has(String tags) {
    Answer answer = client.get(path, "If-None-Match", tags);

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.header("ETag")).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "1", "\"\"", "\"1"})
  void sends_what_the_caller_does_not_have(String tags) {
    assertThat(client.get(path, "If-None-Match", tags).body()).isEqualTo(placed.body());
  }

  @Test
  void tells_what_became_of_each_rule_when_it_is_asked_to() {
    Answer explained = client.get(path + "?explain=true");

    assertThat(explained.json().get("trace"))
        .isEqualTo(
            Json.read(
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
  void does_not_take_the_order_for_the_order_with_its_trace(
      String tag, boolean explain, int status) {
    Answer answer = client.get(path + "?explain=" + explain, "If-None-Match", tag);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("ETag")).isEqualTo(explain ? "\"1-explained\"" : "\"1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "TRUE", "yes", "true "})
  void takes_nothing_but_true_and_false_for_whether_to_explain(String value) {
    Answer answer = client.get(path + "?explain=" + value.replace(" ", "%20"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws()).containsExactly("?explain out_of_range");
  }

  @Test
  void compares_the_tags_of_all_the_headers_there_are() {
    assertThat(client.get(path, "If-None-Match", "\"7\"", "If-None-Match", "\"1\"").status())
        .isEqualTo(304);
  }

  @Test
  void answers_HEAD_as_GET_without_the_body() {
    Answer head = client.send("HEAD", path, new byte[0]);

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.header("ETag")).isEqualTo("\"1\"");
    assertThat(head.header("Content-Length")).isEqualTo("" + placed.body().length());
    assertThat(client.send("HEAD", "/v1/orders/0", new byte[0]).status()).isEqualTo(404);
  }
}
