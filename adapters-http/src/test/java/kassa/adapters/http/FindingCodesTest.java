package kassa.adapters.http;

import static kassa.adapters.http.Rules.GOOD;
import static kassa.adapters.http.Rules.created;
import static kassa.adapters.http.Rules.idOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingCodesTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;
  private final String rule = idOf(created(client, GOOD));

  @ParameterizedTest
  @ValueSource(strings = {"Vip-2026", "VIP-2026", "vip-2026", "%20vip-2026%20", "%56ip-2026"})
  void finds_a_code_whatever_the_case_of_its_letters(String inPath) {
    issue(rule, "Vip-2026");

    assertThat(client.get("/v1/codes/" + inPath).at("/code")).isEqualTo("Vip-2026");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Käse, jung", "a+b", "10:1;x=y", "a?b#c", "a&b", "\"'<>", "\uD83C\uDF81"})
  void names_any_code_in_the_path_but_those_that_no_path_can(String code) {
    Answer issued = client.post("/v1/codes", Json.write(Map.of("ruleId", rule, "code", code)));

    assertThat(client.get(issued.header("Location")).at("/code")).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VIP", " ", "V\u0085IP", "x"})
  void knows_no_code_that_was_not_issued(String code) {
    String inPath = URLEncoder.encode(code, StandardCharsets.UTF_8).replace("+", "%20");

    Answer answer = client.get("/v1/codes/" + inPath);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.at("/detail")).isEqualTo("There is no such code.");
    assertThat(client.get("/v1/codes/" + "x".repeat(65)).status()).isEqualTo(404);
  }

  @Test
  void lists_nothing_while_there_is_nothing() {
    assertThat(client.get("/v1/codes").body()).isEqualTo("{\"data\":[],\"nextCursor\":null}");
    assertThat(client.get("/v1/codes?ruleId=" + Rules.UNKNOWN).json().get("data")).isEmpty();
  }

  @Test
  void lists_codes_by_their_letters_those_of_rules_among_them() {
    String other = created(client, Rules.with("code", "\"Middle\""));
    issue(rule, "z-last");
    issue(rule, "A-first");

    Answer all = client.get("/v1/codes");

    assertThat(codes(all)).containsExactly("A-first", "Middle", "z-last");
    assertThat(all.at("/data/1/ruleId")).isEqualTo(idOf(other));
    assertThat(all.json().at("/data/1/limits").isNull()).isTrue();
    assertThat(codes(client.get("/v1/codes?ruleId=" + rule))).containsExactly("A-first", "z-last");
  }

  @Test
  void lists_fifty_unless_told_otherwise_and_two_hundred_at_most() {
    client.post("/v1/codes", "{\"ruleId\": \"" + rule + "\", \"count\": 201}");

    assertThat(codes(client.get("/v1/codes"))).hasSize(50).isSorted();
    assertThat(codes(client.get("/v1/codes?limit=1"))).hasSize(1);
    assertThat(codes(client.get("/v1/codes?limit=200"))).hasSize(200).isSorted();
  }

  @Test
  void a_walk_meets_once_whatever_is_there_throughout() {
    List<String> there = IntStream.range(0, 7).mapToObj(i -> "code-" + i).toList();
    there.forEach(code -> issue(rule, code));
    String other = idOf(created(client, Rules.with("code", "\"code-3b\"")));

    Answer page = client.get("/v1/codes?limit=2&ruleId=" + rule);
    List<String> met = new ArrayList<>(codes(page));
    while (!page.json().get("nextCursor").isNull()) {
      issue(rule, "a-" + met.size());
      issue(other, "code-" + met.size() + "x");
      page = client.get("/v1/codes?limit=2&ruleId=" + rule + "&cursor=" + page.at("/nextCursor"));
      met.addAll(codes(page));
    }

    assertThat(met).containsExactlyElementsOf(there);
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
  void refuses_parameters_that_it_does_not_know_or_not_like_this(String query, String flaw) {
    Answer answer = client.get("/v1/codes?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws()).containsExactly(flaw);
  }

  @Test
  void refuses_a_cursor_that_it_did_not_give_out_here() {
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

  private void issue(String ruleId, String code) {
    CheckedClient.expect(
        201,
        client.post("/v1/codes", "{\"ruleId\": \"" + ruleId + "\", \"code\": \"" + code + "\"}"));
  }

  private static List<String> codes(Answer page) {
    return page.json()
        .get("data")
        .valueStream()
        .map(code -> code.get("code").stringValue())
        .toList();
  }
}
