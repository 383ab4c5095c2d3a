package kassa.adapters.http.rule;

import static kassa.adapters.http.HttpTestRules.VALID_RULE;
import static kassa.adapters.http.OrderBodies.repeated;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.FixedLintFindings;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.application.port.in.rule.ManageRules;
import kassa.domain.rule.RuleId;
import kassa.domain.rule.RuleLint.Finding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleLintEndpointTest {

  private static final String PATH = "/v1/rules/validate";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final ContractCheckingClient client = SERVER.client;

  /** Sends single rules, which the contract does not describe. */
  private final ContractCheckingClient lenient = SERVER.client.withoutRequestChecks();

  @AfterEach
  void assertNothingStored() {
    assertThat(client.get("/v1/rules").json().get("data")).hasSize(1);
  }

  @Test
  void valid_rules_have_no_findings() {
    assertThat(client.post(PATH, list(VALID_RULE)).body()).isEqualTo("{\"findings\":[]}");
    assertThat(lenient.post(PATH, VALID_RULE).body()).isEqualTo("{\"findings\":[]}");
    assertThat(lenient.post(PATH, HttpTestRules.with("status", "\"active\"")).status())
        .isEqualTo(200);
  }

  @Test
  void findings_point_into_the_request() {
    List<ManageRules.Proposal> checked = new ArrayList<>();
    List<Finding> findings =
        List.of(
            new Finding(0, new RuleId("rules/0"), "", "hidden_by_exclusive", "first"),
            new Finding(1, new RuleId("rules/1"), "/effects/0/tiers/1", "no_effect", "second"));

    try (TestServer server = FixedLintFindings.serverWithFindings(findings, checked)) {
      assertThat(
              server
                  .client
                  .post(PATH, list(VALID_RULE, HttpTestRules.with("priority", "7")))
                  .body())
          .isEqualTo(
              """
              {"findings":[\
              {"rule":0,"pointer":"/rules/0","code":"hidden_by_exclusive","detail":"first"},\
              {"rule":1,"pointer":"/rules/1/effects/0/tiers/1","code":"no_effect",\
              "detail":"second"}]}\
              """);
      assertThat(checked)
          .extracting(proposal -> proposal.definition().combination().priority())
          .containsExactly(0, 7);

      TestResponse single = server.client.withoutRequestChecks().post(PATH, VALID_RULE);
      assertThat(single.at("/findings/0/pointer")).isEmpty();
      assertThat(single.at("/findings/1/pointer")).isEqualTo("/effects/0/tiers/1");
    }
  }

  @Test
  void finds_unreachable_tier_duplicate_code_and_empty_window() {
    String tiers =
        """
        {"code": "A", "when": {"maxSubtotal": "50"}, "effects": [{"type": "tiered_order_amount",
         "tiers": [{"from": "10", "percent": "1"}, {"from": "100", "percent": "2"}]}]}\
        """;
    String empty =
        HttpTestRules.with(
            "window", "{\"from\": \"2026-06-02T00:00:00Z\", \"to\": \"2026-06-01T00:00:00Z\"}");

    TestResponse response = client.post(PATH, list(VALID_RULE, tiers, empty, tiers));

    assertThat(
            response
                .json()
                .get("findings")
                .valueStream()
                .map(it -> it.get("pointer").asString() + " " + it.get("code").asString()))
        .contains(
            "/rules/1/effects/0/tiers/1 tier_never_reached",
            "/rules/2/window empty_window",
            "/rules/3/code repeated_code");
    assertThat(lenient.post(PATH, empty).body()).contains("\"rule\":0,\"pointer\":\"/window\"");
  }

  @Test
  void finds_rule_hidden_by_an_active_rule() {
    try (TestServer server = TestServer.start()) {
      String exclusiveRule =
          HttpTestRules.with("exclusive", "true").replaceFirst("\\{", "{\"status\": \"active\", ");
      String id = HttpTestRules.idOf(HttpTestRules.createRule(server.client, exclusiveRule));

      TestResponse response = server.client.withoutRequestChecks().post(PATH, VALID_RULE);

      assertThat(response.json().get("findings")).hasSize(1);
      assertThat(response.at("/findings/0/pointer")).isEmpty();
      assertThat(response.at("/findings/0/code")).isEqualTo("hidden_by_exclusive");
      assertThat(response.at("/findings/0/detail")).contains(id);
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
  void rejects_invalid_rule_alone_and_in_a_list(String rule, int status, String violations) {
    TestResponse single = lenient.post(PATH, rule);
    TestResponse second = client.post(PATH, list(VALID_RULE, rule, VALID_RULE));

    assertThat(single.status()).isEqualTo(status);
    assertThat(single.violations()).containsExactly(violations.split(",", -1));
    assertThat(second.status()).isEqualTo(status);
    assertThat(second.violations())
        .containsExactly(violations.replaceAll("(^|,)", "$1/rules/1").split(",", -1));
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
  void rejects_invalid_list(String body, int status, String violations) {
    TestResponse response = lenient.post(PATH, body);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.violations()).containsExactly(violations.split(",", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "\"rules\""})
  void rejects_non_object_body(String body) {
    assertThat(client.post(PATH, body).violations()).containsExactly("wrong_type");
  }

  @Test
  void accepts_at_most_a_thousand_rules() {
    assertThat(client.post(PATH, "{\"rules\": [" + repeated(1_000, VALID_RULE) + "]}").status())
        .isEqualTo(200);
    assertThat(client.post(PATH, "{\"rules\": [" + repeated(1_001, VALID_RULE) + "]}").violations())
        .containsExactly("/rules too_many");
  }

  @Test
  void reports_at_most_a_hundred_violations_of_all_rules() {
    TestResponse response =
        client.post(PATH, "{\"rules\": [" + repeated(1_000, "{\"a\": 1}") + "]}");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).hasSize(100);
  }

  @Test
  void rejects_too_large_body() {
    String large = VALID_RULE + " ".repeat(RuleLintHandler.MAX_BODY_BYTES);

    assertThat(client.post(PATH, large).status()).isEqualTo(413);
  }

  private static String list(String... rules) {
    return "{\"rules\": [" + String.join(", ", rules) + "]}";
  }
}
