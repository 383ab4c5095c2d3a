package kassa.adapters.http.code;

import static kassa.adapters.http.HttpTestRules.VALID_RULE;
import static kassa.adapters.http.HttpTestRules.createRule;
import static kassa.adapters.http.HttpTestRules.idOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.TestJson;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindCodeEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;
  private final String rule = idOf(createRule(client, VALID_RULE));

  @ParameterizedTest
  @ValueSource(strings = {"Vip-2026", "VIP-2026", "vip-2026", "%20vip-2026%20", "%56ip-2026"})
  void finds_code_case_insensitively(String inPath) {
    issue(rule, "Vip-2026");

    assertThat(client.get("/v1/codes/" + inPath).at("/code")).isEqualTo("Vip-2026");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Käse, jung",
        "a+b",
        "10:1;x=y",
        "a?b#c",
        "a&b",
        "a/b",
        "//",
        "50%",
        "%2F",
        "\\",
        "...",
        "\"'<>",
        "\uD83C\uDF81"
      })
  void finds_code_with_escaped_characters_in_the_path(String code) {
    TestResponse issued =
        client.post("/v1/codes", TestJson.write(Map.of("ruleId", rule, "code", code)));

    assertThat(client.get(issued.header("Location")).at("/code")).isEqualTo(code);
  }

  @Test
  void finds_the_code_of_a_rule_with_escaped_characters_in_the_path() {
    createRule(client, HttpTestRules.with("code", "\"5%/off\""));

    assertThat(client.get("/v1/codes/5%25%2FOFF").at("/code")).isEqualTo("5%/off");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          .,          must not be . or ..
          ..,         must not be . or ..
          VI\\u200BP, U+200B
          VI\\u202EP, U+202E
          """)
  void refuses_a_code_that_cannot_be_seen_or_reached(String code, String detail) {
    TestResponse issued =
        client.post("/v1/codes", "{\"ruleId\":\"" + rule + "\",\"code\":\"" + code + "\"}");
    TestResponse ofRule = client.post("/v1/rules", HttpTestRules.with("code", "\"" + code + "\""));

    for (TestResponse refused : new TestResponse[] {issued, ofRule}) {
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.at("/errors/0/pointer")).isEqualTo("/code");
      assertThat(refused.at("/errors/0/detail")).contains(detail);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"VIP", " ", "V\u0085IP", "x"})
  void unknown_code_is_not_found(String code) {
    String inPath = URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");

    TestResponse response = client.get("/v1/codes/" + inPath);

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.at("/detail")).isEqualTo("The code does not exist.");
    assertThat(client.get("/v1/codes/" + "x".repeat(65)).status()).isEqualTo(404);
  }

  @Test
  void empty_list_has_no_items() {
    assertThat(client.get("/v1/codes").body()).isEqualTo("{\"data\":[],\"nextCursor\":null}");
    assertThat(client.get("/v1/codes?ruleId=" + HttpTestRules.UNKNOWN_ID).json().get("data"))
        .isEmpty();
  }

  @Test
  void lists_codes_alphabetically_including_rule_codes() {
    String other = createRule(client, HttpTestRules.with("code", "\"Middle\""));
    issue(rule, "z-last");
    issue(rule, "A-first");

    TestResponse all = client.get("/v1/codes");

    assertThat(codes(all)).containsExactly("A-first", "Middle", "z-last");
    assertThat(all.at("/data/1/ruleId")).isEqualTo(idOf(other));
    assertThat(all.json().at("/data/1/limits").isNull()).isTrue();
    assertThat(codes(client.get("/v1/codes?ruleId=" + rule))).containsExactly("A-first", "z-last");
  }

  @Test
  void default_limit_is_50_and_maximum_200() {
    client.post("/v1/codes", "{\"ruleId\": \"" + rule + "\", \"count\": 201}");

    assertThat(codes(client.get("/v1/codes"))).hasSize(50).isSorted();
    assertThat(codes(client.get("/v1/codes?limit=1"))).hasSize(1);
    assertThat(codes(client.get("/v1/codes?limit=200"))).hasSize(200).isSorted();
  }

  @Test
  void paging_lists_every_existing_code_once() {
    List<String> expected = IntStream.range(0, 7).mapToObj(i -> "code-" + i).toList();
    expected.forEach(code -> issue(rule, code));
    String other = idOf(createRule(client, HttpTestRules.with("code", "\"code-3b\"")));

    TestResponse page = client.get("/v1/codes?limit=2&ruleId=" + rule);
    List<String> listed = new ArrayList<>(codes(page));
    while (!page.json().get("nextCursor").isNull()) {
      issue(rule, "a-" + listed.size());
      issue(other, "code-" + listed.size() + "x");
      page = client.get("/v1/codes?limit=2&ruleId=" + rule + "&cursor=" + page.at("/nextCursor"));
      listed.addAll(codes(page));
    }

    assertThat(listed).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          limit=0         | ?limit out_of_range
          limit=201       | ?limit out_of_range
          ruleId=rul_1    | ?ruleId malformed
          ruleId=         | ?ruleId malformed
          prefix=A        | ?prefix unknown_parameter
          """,
      delimiter = '|')
  void rejects_unknown_or_invalid_parameters(String query, String violation) {
    TestResponse response = client.get("/v1/codes?" + query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly(violation);
  }

  @Test
  void rejects_foreign_cursor() {
    issue(rule, "A");
    issue(rule, "B");
    String cursor = client.get("/v1/codes?limit=1").at("/nextCursor");

    for (String other : new String[] {"", "A", cursor + "AAAA", cursor.substring(4)}) {
      assertThat(client.get("/v1/codes?cursor=" + other).at("/code")).isEqualTo("invalid_cursor");
    }
    for (String list : new String[] {"products", "orders", "rules"}) {
      assertThat(client.get("/v1/" + list + "?cursor=" + cursor).at("/code"))
          .isEqualTo("invalid_cursor");
    }
  }

  @Test
  void rejects_a_cursor_of_another_rule() {
    String other = idOf(createRule(client, VALID_RULE));
    List.of("A", "B").forEach(code -> issue(rule, code));
    String all = client.get("/v1/codes?limit=1").at("/nextCursor");
    String ofRule = client.get("/v1/codes?limit=1&ruleId=" + rule).at("/nextCursor");

    assertThat(codes(client.get("/v1/codes?ruleId=" + rule + "&cursor=" + ofRule)))
        .containsExactly("B");
    for (String query :
        List.of(
            "ruleId=" + rule + "&cursor=" + all,
            "ruleId=" + other + "&cursor=" + ofRule,
            "cursor=" + ofRule)) {
      assertThat(client.get("/v1/codes?" + query).at("/code")).isEqualTo("invalid_cursor");
    }
  }

  private void issue(String ruleId, String code) {
    ContractCheckingClient.expect(
        201,
        client.post("/v1/codes", "{\"ruleId\": \"" + ruleId + "\", \"code\": \"" + code + "\"}"));
  }

  private static List<String> codes(TestResponse page) {
    return page.json()
        .get("data")
        .valueStream()
        .map(code -> code.get("code").stringValue())
        .toList();
  }
}
