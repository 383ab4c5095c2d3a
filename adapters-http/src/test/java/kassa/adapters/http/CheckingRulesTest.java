package kassa.adapters.http;

import static kassa.adapters.http.Bodies.times;
import static kassa.adapters.http.Rules.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kassa.application.port.in.WriteRules;
import kassa.domain.rule.RuleChecks.Finding;
import kassa.domain.rule.RuleId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckingRulesTest {

  private static final String PATH = "/v1/rules/validate";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final CheckedClient client = SERVER.client;

  @AfterEach
  void nothing_was_kept() {
    assertThat(client.get("/v1/rules").json().get("data")).hasSize(1);
  }

  @Test
  void finds_nothing_in_rules_that_nothing_is_wrong_with() {
    assertThat(client.post(PATH, list(GOOD)).body()).isEqualTo("{\"findings\":[]}");
    assertThat(client.post(PATH, GOOD).body()).isEqualTo("{\"findings\":[]}");
    assertThat(client.post(PATH, Rules.with("status", "\"active\"")).status()).isEqualTo(200);
  }

  @Test
  void points_at_what_is_found_where_it_was_sent() {
    List<WriteRules.Proposal> asked = new ArrayList<>();
    List<Finding> findings =
        List.of(
            new Finding(0, new RuleId("rules/0"), "", "hidden_by_exclusive", "first"),
            new Finding(1, new RuleId("rules/1"), "/effects/0/tiers/1", "no_effect", "second"));

    try (TestServer server = FoundFindings.server(findings, asked)) {
      assertThat(server.client.post(PATH, list(GOOD, Rules.with("priority", "7"))).body())
          .isEqualTo(
              """
              {"findings":[\
              {"rule":0,"pointer":"/rules/0","code":"hidden_by_exclusive","detail":"first"},\
              {"rule":1,"pointer":"/rules/1/effects/0/tiers/1","code":"no_effect",\
              "detail":"second"}]}\
              """);
      assertThat(asked)
          .extracting(proposal -> proposal.definition().priority())
          .containsExactly(0, 7);

      Answer single = server.client.post(PATH, GOOD);
      assertThat(single.at("/findings/0/pointer")).isEmpty();
      assertThat(single.at("/findings/1/pointer")).isEqualTo("/effects/0/tiers/1");
    }
  }

  @Test
  void finds_a_tier_that_is_never_reached_a_code_that_stands_twice_and_an_empty_window() {
    String tiers =
        """
        {"code": "A", "when": {"maxSubtotal": "50"}, "effects": [{"type": "tiered_order_amount",
         "tiers": [{"from": "10", "percent": "1"}, {"from": "100", "percent": "2"}]}]}\
        """;
    String empty =
        Rules.with(
            "window", "{\"from\": \"2026-06-02T00:00:00Z\", \"to\": \"2026-06-01T00:00:00Z\"}");

    Answer answer = client.post(PATH, list(GOOD, tiers, empty, tiers));

    assertThat(
            answer
                .json()
                .get("findings")
                .valueStream()
                .map(it -> it.get("pointer").asString() + " " + it.get("code").asString()))
        .contains(
            "/rules/1/effects/0/tiers/1 tier_never_reached",
            "/rules/2/window empty_window",
            "/rules/3/code repeated_code");
    assertThat(client.post(PATH, empty).body()).contains("\"rule\":0,\"pointer\":\"/window\"");
  }

  @Test
  void finds_that_a_rule_in_force_hides_what_is_sent() {
    try (TestServer server = TestServer.start()) {
      String alone =
          Rules.with("exclusive", "true").replaceFirst("\\{", "{\"status\": \"active\", ");
      String id = Rules.idOf(Rules.created(server.client, alone));

      Answer answer = server.client.post(PATH, GOOD);

      assertThat(answer.json().get("findings")).hasSize(1);
      assertThat(answer.at("/findings/0/pointer")).isEmpty();
      assertThat(answer.at("/findings/0/code")).isEqualTo("hidden_by_exclusive");
      assertThat(answer.at("/findings/0/detail")).contains(id);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"effects": []}          | 422 | /effects empty
          {"percent": 1}           | 400 | /effects missing_field,/percent unknown_field
          {"effects": 1, "id": 1}  | 400 | /effects wrong_type,/id wrong_type
          {"effects": 1, "ID": 1}  | 400 | /effects wrong_type,/ID unknown_field
          """,
      delimiter = '|')
  void points_at_what_is_wrong_in_one_rule_and_in_a_list(String rule, int status, String flaws) {
    Answer single = client.post(PATH, rule);
    Answer second = client.post(PATH, list(GOOD, rule, GOOD));

    assertThat(single.status()).isEqualTo(status);
    assertThat(single.flaws()).containsExactly(flaws.split(",", -1));
    assertThat(second.status()).isEqualTo(status);
    assertThat(second.flaws())
        .containsExactly(flaws.replaceAll("(^|,)", "$1/rules/1").split(",", -1));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"rules": []}             | 422 | /rules empty
          {"rules": null}           | 422 | /rules missing_field
          {"rules": {}}             | 400 | /rules wrong_type
          {"rules": [1]}            | 400 | /rules/0 wrong_type
          {"rules": [], "at": "x"}  | 400 | /rules empty,/at unknown_field
          {}                        | 422 | /effects missing_field
          """,
      delimiter = '|')
  void refuses_a_list_that_is_none(String body, int status, String flaws) {
    Answer answer = client.post(PATH, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.flaws()).containsExactly(flaws.split(",", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "\"rules\""})
  void refuses_what_is_no_object(String body) {
    assertThat(client.post(PATH, body).flaws()).containsExactly("wrong_type");
  }

  @Test
  void takes_a_thousand_rules_and_no_more() {
    assertThat(client.post(PATH, "{\"rules\": [" + times(1_000, GOOD) + "]}").status())
        .isEqualTo(200);
    assertThat(client.post(PATH, "{\"rules\": [" + times(1_001, GOOD) + "]}").flaws())
        .containsExactly("/rules too_many");
  }

  @Test
  void tells_a_hundred_faults_at_most_of_however_many_rules() {
    Answer answer = client.post(PATH, "{\"rules\": [" + times(1_000, "{\"a\": 1}") + "]}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws()).hasSize(100);
  }

  @Test
  void refuses_a_body_that_is_too_large() {
    String large = GOOD + " ".repeat(RuleCheckHandler.LARGEST_BODY);

    assertThat(client.post(PATH, large).status()).isEqualTo(413);
  }

  private static String list(String... rules) {
    return "{\"rules\": [" + String.join(", ", rules) + "]}";
  }
}
