package kassa.adapters.http.rule;

import static kassa.adapters.http.HttpTestRules.UNKNOWN_ID;
import static kassa.adapters.http.HttpTestRules.VALID_RULE;
import static kassa.adapters.http.HttpTestRules.createRule;
import static kassa.adapters.http.HttpTestRules.transition;
import static kassa.adapters.http.HttpTestRules.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.RawHttpConnection;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ManageRulesEndpointTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void creates_rule_with_location() {
    TestResponse created = client.post("/v1/rules", VALID_RULE);

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo("/v1/rules/" + created.at("/id"));
    assertThat(created.header("ETag")).isEqualTo("\"1\"");
    assertThat(created.body())
        .isEqualTo(
            """
            {"id":"%s","version":1,"status":"draft","needsCode":false,\
            "createdAt":"2026-06-15T12:00:00.123458Z","updatedAt":"2026-06-15T12:00:00.123458Z",\
            "name":"Ten","effects":[{"type":"percent_off_order","percent":"10"}]}\
            """
                .formatted(created.at("/id")));
    TestResponse found = client.get(created.header("Location"));
    assertThat(found.body()).isEqualTo(created.body());
    assertThat(found.header("ETag")).isEqualTo(created.header("ETag"));
  }

  @ParameterizedTest
  @CsvSource({"draft, draft", "active, active"})
  void creates_rule_in_the_given_status(String sent, String status) {
    TestResponse created = client.post("/v1/rules", with("status", "\"" + sent + "\""));

    assertThat(created.at("/status")).isEqualTo(status);
    assertThat(client.get(created.header("Location")).body()).isEqualTo(created.body());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "paused"   | 422 | /status out_of_range
          "archived" | 422 | /status out_of_range
          "Draft"    | 422 | /status out_of_range
          1          | 400 | /status wrong_type
          """,
      delimiter = '|')
  void rejects_creation_in_another_status(String status, int expectedStatus, String violation) {
    TestResponse refused = client.post("/v1/rules", with("status", status));

    assertThat(refused.status()).isEqualTo(expectedStatus);
    assertThat(refused.violations()).containsExactly(violation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"id", "version", "revision", "needsCode", "createdAt", "updatedAt", "usage"})
  void rejects_server_assigned_fields(String field) {
    TestResponse refused = client.post("/v1/rules", with(field, "1"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.violations()).containsExactly("/" + field + " unknown_field");
  }

  @Test
  void accepts_null_for_optional_fields() {
    String nulls = "{\"name\": null, \"code\": null, \"when\": null, \"status\": null, ";

    // The contract does not allow null here, so that clients need not expect it in a response.
    try (RawHttpConnection connection = client.openConnection()) {
      String body = nulls + VALID_RULE.substring(VALID_RULE.indexOf("\"effects\""));
      TestResponse response =
          connection
              .send(
                  """
                  POST /v1/rules HTTP/1.1
                  Host: kassa
                  Content-Type: application/json
                  Content-Length: %s

                  %s\
                  """
                      .formatted(body.length(), body))
              .readResponse("POST", "/v1/rules");
      assertThat(response.status()).isEqualTo(201);
      assertThat(response.at("/status")).isEqualTo("draft");
      assertThat(response.body()).doesNotContain("null");
    }
  }

  @Test
  void active_rule_applies_to_the_next_order() {
    createRule(client, with("status", "\"active\""));

    assertThat(client.place(OrderBodies.VALID_ORDER).at("/total")).isEqualTo("90.00");
  }

  @Test
  void rule_with_code_requires_the_code() {
    String rule = createRule(client, with("code", "\" SUMMER \""));

    assertThat(client.get(rule).at("/needsCode")).isEqualTo("true");
    assertThat(client.get(rule).at("/code")).isEqualTo(" SUMMER ");
    assertThat(client.get("/v1/codes/summer").at("/code")).isEqualTo("SUMMER");
  }

  @Test
  void rejects_code_of_another_rule() {
    createRule(client, with("code", "\"SUMMER\""));
    String other = createRule(client, VALID_RULE);

    TestResponse created = client.post("/v1/rules", with("code", "\" summer\""));
    TestResponse replaced = client.put(other, with("code", "\"Summer\""), "If-Match", "\"1\"");

    for (TestResponse refused : List.of(created, replaced)) {
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.at("/code")).isEqualTo("code_taken");
    }
    assertThat(client.get(other).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void rejects_activation_beyond_the_maximum_of_active_rules() {
    String effect = "{\"type\":\"nth_unit_percent\",\"n\":2,\"percent\":\"50\"}";
    String twenty = String.join(",", Collections.nCopies(20, effect));
    String full = "{\"status\":\"%s\",\"effects\":[%s]}";
    String active = full.formatted("active", twenty);
    for (int rule = 0; rule < 49; rule++) {
      createRule(client, active);
    }
    String last = createRule(client, full.formatted("active", effect));
    createRule(client, full.formatted("active", effect));
    String draft = createRule(client, full.formatted("draft", twenty));

    for (TestResponse refused :
        List.of(
            client.post("/v1/rules", active),
            client.post(draft + "/activate", ""),
            client.put(last, "{\"effects\":[%s]}".formatted(twenty), "If-Match", "\"1\""))) {
      assertThat(refused.status()).as(refused.body()).isEqualTo(409);
      assertThat(refused.at("/code")).isEqualTo("too_many_rules");
    }
    assertThat(client.get(draft).at("/status")).isEqualTo("draft");
    assertThat(client.get(last).header("ETag")).isEqualTo("\"1\"");
    createRule(client, with("status", "\"active\""));
  }

  @Test
  void matching_if_none_match_is_not_modified() {
    String rule = createRule(client, VALID_RULE);

    assertThat(client.get(rule, "If-None-Match", "\"1\"").status()).isEqualTo(304);
    transition(client, rule, "activate");
    assertThat(client.get(rule, "If-None-Match", "\"1\"").status()).isEqualTo(200);
    assertThat(client.send("HEAD", rule, new byte[0]).header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void replace_creates_a_new_version() {
    String rule = createRule(client, with("label", "\"old\""));

    TestResponse replaced = client.put(rule, with("label", "\"new\""), "If-Match", "\"1\"");

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
    assertThat(replaced.at("/version")).isEqualTo("2");
    assertThat(replaced.at("/label")).isEqualTo("new");
    assertThat(replaced.at("/updatedAt")).isGreaterThan(replaced.at("/createdAt"));
    assertThat(client.get(rule).body()).isEqualTo(replaced.body());
  }

  @Test
  void accepts_its_own_response_with_a_change() {
    String rule = createRule(client, with("priority", "1"));
    TestResponse found = client.get(rule);

    TestResponse replaced =
        client.put(
            rule,
            found.body().replace("\"priority\":1", "\"priority\":2"),
            "If-Match",
            found.header("ETag"));

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.at("/priority")).isEqualTo("2");
    String versions = client.get(rule + "/versions").body();
    assertThat(versions).doesNotContain("\"id\"", "\"status\"", "\"needsCode\"", "\"updatedAt\"");
  }

  @Test
  void accepts_read_only_times_in_another_form() {
    String rule = createRule(client, VALID_RULE);
    TestResponse found = client.get(rule);
    String time = found.at("/createdAt");
    String otherForm = time.replace("Z", "0+00:00");

    TestResponse replaced =
        client.put(rule, found.body().replace(time, otherForm), "If-Match", found.header("ETag"));

    assertThat(replaced.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          id        | "rul_7zzzzzzzzzzzzzzzzzzzzzzzzz"
          id        | 1
          version   | 2
          version   | "1"
          version   | 1.5
          status    | "active"
          needsCode | true
          needsCode | "false"
          createdAt | "2026-06-15T12:00:00Z"
          updatedAt | {}
          """,
      delimiter = '|')
  void rejects_change_of_server_assigned_fields(String field, String value) {
    String rule = createRule(client, VALID_RULE);

    TestResponse refused = client.put(rule, with(field, value), "If-Match", "\"1\"");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.violations()).containsExactly("/" + field + " read_only");
    assertThat(client.get(rule).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void reports_all_violations_at_once() {
    String rule = createRule(client, VALID_RULE);

    TestResponse refused =
        client.put(
            rule,
            "{\"version\": 7, \"revision\": 1, \"effects\": [], \"status\": \"paused\"}",
            "If-Match",
            "\"1\"");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.violations())
        .containsExactlyInAnyOrder(
            "/version read_only", "/revision unknown_field", "/effects empty", "/status read_only");
  }

  @Test
  void replace_requires_if_match() {
    String rule = createRule(client, VALID_RULE);

    TestResponse refused = client.put(rule, with("label", "\"new\""));

    assertThat(refused.status()).isEqualTo(428);
    assertThat(refused.at("/code")).isEqualTo("precondition_required");
    assertThat(client.get(rule).header("ETag")).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "\"3\"", "W/\"2\"", "2", "", "\"1\", \"3\""})
  void rejects_outdated_if_match(String tags) {
    String rule = createRule(client, VALID_RULE);
    String current = client.put(rule, with("label", "\"new\""), "If-Match", "\"1\"").body();

    for (TestResponse refused :
        List.of(
            client.put(rule, with("label", "\"newer\""), "If-Match", tags),
            transition(client, rule, "activate", "If-Match", tags))) {
      assertThat(refused.status()).isEqualTo(412);
      assertThat(refused.at("/code")).isEqualTo("precondition_failed");
    }
    assertThat(client.get(rule).body()).isEqualTo(current);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "*", "\"7\", \"1\"", "W/\"1\",\"1\""})
  void accepts_matching_if_match(String tags) {
    assertThat(client.put(createRule(client, VALID_RULE), VALID_RULE, "If-Match", tags).status())
        .isEqualTo(200);
    TestResponse activated =
        transition(client, createRule(client, VALID_RULE), "activate", "If-Match", tags);
    assertThat(activated.header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void archived_rule_cannot_be_replaced() {
    String rule = createRule(client, VALID_RULE);
    transition(client, rule, "archive");

    TestResponse refused = client.put(rule, VALID_RULE, "If-Match", "\"2\"");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("invalid_transition");
    assertThat(refused.json().get("allowed")).isEmpty();
  }

  @Test
  void lists_rule_versions_newest_first() {
    String first = with("label", "\"1\"");
    String second = with("label", "\"2\"");
    String rule = createRule(client, with("status", "\"active\"").replace("Ten", "First"));
    client.put(rule, first, "If-Match", "\"1\"");
    transition(client, rule, "pause");
    client.put(rule, second, "If-Match", "\"3\"");

    JsonNode versions = client.get(rule + "/versions").json().get("data");

    assertThat(versions).hasSize(3);
    assertThat(versions.findValuesAsString("version")).containsExactly("3", "2", "1");
    assertThat(versions.valueStream().map(HttpTestRules::definition))
        .containsExactly(
            HttpTestRules.compact(second),
            HttpTestRules.compact(first),
            HttpTestRules.compact(VALID_RULE.replace("Ten", "First")));
    assertThat(versions.get(2).get("createdAt").asString())
        .isEqualTo(client.get(rule).at("/createdAt"));
    assertThat(versions.get(0).get("createdAt").asString())
        .isEqualTo(client.get(rule).at("/updatedAt"));
  }

  @Test
  void returns_limit_usage_of_a_rule() {
    String rule =
        createRule(
            client,
            """
            {"code": "FIVE", "status": "active", "limits": {"total": 7, "perCustomer": 2},
             "effects": [{"type": "amount_off_order", "amount": "5"}]}\
            """);
    assertThat(client.get(rule + "/usage").body())
        .isEqualTo(
            """
            {"orders":0,"released":0,"customers":0,"discounts":[],\
            "limits":{"total":7,"perCustomer":2}}\
            """);

    order("USD", "c-1");
    order("USD", "c-1");
    order("JPY", "c-2");
    TestResponse cancelled = order("EUR", "c-3");
    client.send(
        "POST",
        cancelled.header("Location") + "/cancel",
        new byte[0],
        "If-Match",
        cancelled.header("ETag"));

    assertThat(client.get(rule + "/usage").body())
        .isEqualTo(
            """
            {"orders":3,"released":1,"customers":2,"discounts":[\
            {"currency":"JPY","amount":"5"},{"currency":"USD","amount":"10.00"}],\
            "limits":{"total":7,"perCustomer":2}}\
            """);
    assertThat(client.get("/v1/codes/FIVE").at("/redeemed")).isEqualTo("3");
  }

  @Test
  void usage_of_a_rule_without_limits_is_empty() {
    assertThat(client.get(createRule(client, VALID_RULE) + "/usage").json().get("limits").isNull())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UNKNOWN_ID,
        "1",
        "validate",
        "rul_",
        "ord_01kdvdna00e000000000000001",
        "RUL_7ZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "rul_8zzzzzzzzzzzzzzzzzzzzzzzzz",
        "rul_7zzzzzzzzzzzzzzzzzzzzzzzzz%20",
        "%20",
        "*"
      })
  void unknown_rule_is_not_found(String id) {
    String path = "/v1/rules/" + id;

    for (TestResponse response :
        List.of(
            client.get(path),
            client.put(path, VALID_RULE, "If-Match", "*"),
            transition(client, path, "activate"),
            transition(client, path, "pause", "If-Match", "*"),
            transition(client, path, "archive"),
            client.get(path + "/versions"),
            client.get(path + "/usage"))) {
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.at("/detail")).isEqualTo("The rule does not exist.");
    }
  }

  @Test
  void creates_rule_once_per_idempotency_key() {
    String[] headers = {"Content-Type", "application/json", "Idempotency-Key", "k-1"};
    int before = client.get("/v1/rules").json().get("data").size();
    TestResponse first = client.post("/v1/rules", VALID_RULE, headers);

    TestResponse second = client.post("/v1/rules", VALID_RULE, headers);

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(client.get("/v1/rules").json().get("data")).hasSize(before + 1);
  }

  private TestResponse order(String currency, String customer) {
    return client.place(
        """
        {"currency": "%s", "customerId": "%s", "codes": ["five"],
         "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "100"}]}\
        """
            .formatted(currency, customer));
  }
}
