package kassa.adapters.http;

import static kassa.adapters.http.Rules.GOOD;
import static kassa.adapters.http.Rules.UNKNOWN;
import static kassa.adapters.http.Rules.created;
import static kassa.adapters.http.Rules.move;
import static kassa.adapters.http.Rules.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WritingRulesTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void creates_a_rule_and_says_where_it_is() {
    Answer created = client.post("/v1/rules", GOOD);

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
    Answer found = client.get(created.header("Location"));
    assertThat(found.body()).isEqualTo(created.body());
    assertThat(found.header("ETag")).isEqualTo(created.header("ETag"));
  }

  @ParameterizedTest
  @CsvSource({"draft, draft", "active, active"})
  void creates_a_rule_in_the_status_that_is_sent(String sent, String status) {
    Answer created = client.post("/v1/rules", with("status", "\"" + sent + "\""));

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
  void creates_no_rule_in_another_status(String status, int answered, String flaw) {
    Answer refused = client.post("/v1/rules", with("status", status));

    assertThat(refused.status()).isEqualTo(answered);
    assertThat(refused.flaws()).containsExactly(flaw);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"id", "version", "revision", "needsCode", "createdAt", "updatedAt", "usage"})
  void creates_no_rule_that_says_what_is_not_its_to_say(String field) {
    Answer refused = client.post("/v1/rules", with(field, "1"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.flaws()).containsExactly("/" + field + " unknown_field");
  }

  @Test
  void takes_null_for_what_may_be_left_out() {
    String nulls = "{\"name\": null, \"code\": null, \"when\": null, \"status\": null, ";

    // The contract has no null here, so that nobody has to expect one in an answer.
    try (RawConnection connection = client.open()) {
      String body = nulls + GOOD.substring(GOOD.indexOf("\"effects\""));
      Answer answer =
          connection
              .send(
                  """
                  POST /v1/rules HTTP/1.1
                  Host: kassa
                  Content-Type: application/json
                  Content-Length: %d

                  %s\
                  """
                      .formatted(body.length(), body))
              .answer("POST", "/v1/rules");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.at("/status")).isEqualTo("draft");
      assertThat(answer.body()).doesNotContain("null");
    }
  }

  @Test
  void a_rule_in_force_prices_what_comes_next() {
    created(client, with("status", "\"active\""));

    assertThat(client.place(Bodies.GOOD).at("/total")).isEqualTo("90.00");
  }

  @Test
  void needs_a_code_where_the_rule_names_one() {
    String rule = created(client, with("code", "\" SUMMER \""));

    assertThat(client.get(rule).at("/needsCode")).isEqualTo("true");
    assertThat(client.get(rule).at("/code")).isEqualTo(" SUMMER ");
    assertThat(client.get("/v1/codes/summer").at("/code")).isEqualTo("SUMMER");
  }

  @Test
  void refuses_a_code_that_another_rule_has() {
    created(client, with("code", "\"SUMMER\""));
    String other = created(client, GOOD);

    Answer created = client.post("/v1/rules", with("code", "\" summer\""));
    Answer replaced = client.put(other, with("code", "\"Summer\""), "If-Match", "\"1\"");

    for (Answer refused : List.of(created, replaced)) {
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.at("/code")).isEqualTo("code_taken");
    }
    assertThat(client.get(other).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void refuses_to_put_more_in_force_than_a_price_can_look_at() {
    String choosing = "{\"type\":\"nth_unit_percent\",\"n\":2,\"percent\":\"50\"}";
    String twenty = String.join(",", Collections.nCopies(20, choosing));
    String full = "{\"status\":\"%s\",\"effects\":[%s]}";
    String active = full.formatted("active", twenty);
    for (int rule = 0; rule < 49; rule++) {
      created(client, active);
    }
    String last = created(client, full.formatted("active", choosing));
    created(client, full.formatted("active", choosing));
    String draft = created(client, full.formatted("draft", twenty));

    for (Answer refused :
        List.of(
            client.post("/v1/rules", active),
            client.post(draft + "/activate", ""),
            client.put(last, "{\"effects\":[%s]}".formatted(twenty), "If-Match", "\"1\""))) {
      assertThat(refused.status()).as(refused.body()).isEqualTo(409);
      assertThat(refused.at("/code")).isEqualTo("too_many_rules");
    }
    assertThat(client.get(draft).at("/status")).isEqualTo("draft");
    assertThat(client.get(last).header("ETag")).isEqualTo("\"1\"");
    created(client, with("status", "\"active\""));
  }

  @Test
  void does_not_send_again_what_the_caller_has() {
    String rule = created(client, GOOD);

    assertThat(client.get(rule, "If-None-Match", "\"1\"").status()).isEqualTo(304);
    move(client, rule, "activate");
    assertThat(client.get(rule, "If-None-Match", "\"1\"").status()).isEqualTo(200);
    assertThat(client.send("HEAD", rule, new byte[0]).header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void gives_a_rule_a_new_version() {
    String rule = created(client, with("label", "\"old\""));

    Answer replaced = client.put(rule, with("label", "\"new\""), "If-Match", "\"1\"");

    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.header("ETag")).isEqualTo("\"2\"");
    assertThat(replaced.at("/version")).isEqualTo("2");
    assertThat(replaced.at("/label")).isEqualTo("new");
    assertThat(replaced.at("/updatedAt")).isGreaterThan(replaced.at("/createdAt"));
    assertThat(client.get(rule).body()).isEqualTo(replaced.body());
  }

  @Test
  void takes_back_what_it_answered_with_a_change_in_it() {
    String rule = created(client, with("priority", "1"));
    Answer found = client.get(rule);

    Answer replaced =
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
  void refuses_to_change_what_is_not_of_the_definition(String field, String value) {
    String rule = created(client, GOOD);

    Answer refused = client.put(rule, with(field, value), "If-Match", "\"1\"");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.flaws()).containsExactly("/" + field + " read_only");
    assertThat(client.get(rule).header("ETag")).isEqualTo("\"1\"");
  }

  @Test
  void tells_of_the_definition_and_of_the_rest_at_once() {
    String rule = created(client, GOOD);

    Answer refused =
        client.put(
            rule,
            "{\"version\": 7, \"revision\": 1, \"effects\": [], \"status\": \"paused\"}",
            "If-Match",
            "\"1\"");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.flaws())
        .containsExactlyInAnyOrder(
            "/version read_only", "/revision unknown_field", "/effects empty", "/status read_only");
  }

  @Test
  void replaces_nothing_without_If_Match() {
    String rule = created(client, GOOD);

    Answer refused = client.put(rule, with("label", "\"new\""));

    assertThat(refused.status()).isEqualTo(428);
    assertThat(refused.at("/code")).isEqualTo("precondition_required");
    assertThat(client.get(rule).header("ETag")).isEqualTo("\"1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "\"3\"", "W/\"2\"", "2", "", "\"1\", \"3\""})
  void changes_nothing_that_If_Match_does_not_name(String tags) {
    String rule = created(client, GOOD);
    String now = client.put(rule, with("label", "\"new\""), "If-Match", "\"1\"").body();

    for (Answer refused :
        List.of(
            client.put(rule, with("label", "\"newer\""), "If-Match", tags),
            move(client, rule, "activate", "If-Match", tags))) {
      assertThat(refused.status()).isEqualTo(412);
      assertThat(refused.at("/code")).isEqualTo("precondition_failed");
    }
    assertThat(client.get(rule).body()).isEqualTo(now);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "*", "\"7\", \"1\"", "W/\"1\",\"1\""})
  void changes_what_If_Match_names(String tags) {
    assertThat(client.put(created(client, GOOD), GOOD, "If-Match", tags).status()).isEqualTo(200);
    Answer moved = move(client, created(client, GOOD), "activate", "If-Match", tags);
    assertThat(moved.header("ETag")).isEqualTo("\"2\"");
  }

  @Test
  void an_archived_rule_gets_no_new_version() {
    String rule = created(client, GOOD);
    move(client, rule, "archive");

    Answer refused = client.put(rule, GOOD, "If-Match", "\"2\"");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("invalid_transition");
    assertThat(refused.json().get("allowed")).isEmpty();
  }

  @Test
  void tells_all_that_a_rule_ever_said_the_newest_first() {
    String first = with("label", "\"1\"");
    String second = with("label", "\"2\"");
    String rule = created(client, with("status", "\"active\"").replace("Ten", "First"));
    client.put(rule, first, "If-Match", "\"1\"");
    move(client, rule, "pause");
    client.put(rule, second, "If-Match", "\"3\"");

    JsonNode versions = client.get(rule + "/versions").json().get("data");

    assertThat(versions).hasSize(3);
    assertThat(versions.findValuesAsString("version")).containsExactly("3", "2", "1");
    assertThat(versions.valueStream().map(Rules::definition))
        .containsExactly(
            Rules.compact(second),
            Rules.compact(first),
            Rules.compact(GOOD.replace("Ten", "First")));
    assertThat(versions.get(2).get("createdAt").asString())
        .isEqualTo(client.get(rule).at("/createdAt"));
    assertThat(versions.get(0).get("createdAt").asString())
        .isEqualTo(client.get(rule).at("/updatedAt"));
  }

  @Test
  void tells_what_has_been_used_of_a_rule() {
    String rule =
        created(
            client,
            """
            {"code": "FIVE", "status": "active", "limits": {"total": 7, "perCustomer": 2},
             "effects": [{"type": "amount_off_order", "amount": "5"}]}\
            """);
    assertThat(client.get(rule + "/usage").body())
        .isEqualTo(
            """
            {"orders":0,"givenBack":0,"customers":0,"discounts":[],\
            "limits":{"total":7,"perCustomer":2}}\
            """);

    order("USD", "c-1");
    order("USD", "c-1");
    order("JPY", "c-2");
    Answer cancelled = order("EUR", "c-3");
    client.send(
        "POST",
        cancelled.header("Location") + "/cancel",
        new byte[0],
        "If-Match",
        cancelled.header("ETag"));

    assertThat(client.get(rule + "/usage").body())
        .isEqualTo(
            """
            {"orders":3,"givenBack":1,"customers":2,"discounts":[\
            {"currency":"JPY","amount":"5"},{"currency":"USD","amount":"10.00"}],\
            "limits":{"total":7,"perCustomer":2}}\
            """);
    assertThat(client.get("/v1/codes/FIVE").at("/redeemed")).isEqualTo("3");
  }

  @Test
  void tells_of_a_rule_without_limits_that_it_has_none() {
    assertThat(client.get(created(client, GOOD) + "/usage").json().get("limits").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UNKNOWN,
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
  void knows_no_rule_of_another_id(String id) {
    String path = "/v1/rules/" + id;

    for (Answer answer :
        List.of(
            client.get(path),
            client.put(path, GOOD, "If-Match", "*"),
            move(client, path, "activate"),
            move(client, path, "pause", "If-Match", "*"),
            move(client, path, "archive"),
            client.get(path + "/versions"),
            client.get(path + "/usage"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.at("/detail")).isEqualTo("There is no such rule.");
    }
  }

  @Test
  void creates_a_rule_once_if_it_is_sent_twice_with_a_key() {
    String[] headers = {"Content-Type", "application/json", "Idempotency-Key", "k-1"};
    int before = client.get("/v1/rules").json().get("data").size();
    Answer first = client.post("/v1/rules", GOOD, headers);

    Answer second = client.post("/v1/rules", GOOD, headers);

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(client.get("/v1/rules").json().get("data")).hasSize(before + 1);
  }

  private Answer order(String currency, String customer) {
    return client.place(
        """
        {"currency": "%s", "customerId": "%s", "codes": ["five"],
         "lines": [{"sku": "MUG", "quantity": 1, "unitPrice": "100"}]}\
        """
            .formatted(currency, customer));
  }
}
