package kassa.adapters.http;

import static kassa.adapters.http.Rules.GOOD;
import static kassa.adapters.http.Rules.created;
import static kassa.adapters.http.Rules.idOf;
import static kassa.adapters.http.Rules.move;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuingCodesTest {

  private static final String LETTERS = "[ABCDEFGHJKMNPQRSTUVWXYZ23456789]{12}";

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;
  private final String rule = created(client, GOOD);
  private final String id = idOf(rule);

  @Test
  void issues_a_code_of_the_senders_choice_and_says_where_it_is() {
    Answer issued = issue("\"code\": \" Vip 2026 \", \"limits\": {\"perCode\": 2}");

    assertThat(issued.status()).isEqualTo(201);
    assertThat(issued.header("Location")).isEqualTo("/v1/codes/Vip%202026");
    assertThat(issued.body())
        .isEqualTo(
            """
            {"code":"Vip 2026","ruleId":"%s","limits":{"perCode":2}}\
            """
                .formatted(id));
    assertThat(client.get(issued.header("Location")).body())
        .isEqualTo(
            """
            {"code":"Vip 2026","ruleId":"%s","limits":{"perCode":2},"redeemed":0,\
            "createdAt":"2026-06-15T12:00:00.123460Z"}\
            """
                .formatted(id));
  }

  @Test
  void issues_a_code_without_a_limit_of_its_own() {
    for (String limits : List.of("", ", \"limits\": null", ", \"limits\": {}")) {
      String code = "VIP" + limits.length();
      // A null is taken, and yet not in the contract.
      String body = "{\"ruleId\": \"" + id + "\", \"code\": \"" + code + "\"" + limits + "}";
      Answer issued = limits.contains("null") ? unchecked(body) : client.post("/v1/codes", body);

      assertThat(issued.status()).isEqualTo(201);
      assertThat(issued.json().get("limits").isNull()).isTrue();
      assertThat(client.get("/v1/codes/" + code).json().get("limits").isNull()).isTrue();
    }
  }

  @Test
  void binds_the_rule_to_the_code() {
    issue("\"code\": \"VIP\", \"limits\": {\"perCode\": 1}");
    assertThat(client.get(rule).at("/needsCode")).isEqualTo("true");
    move(client, rule, "activate");

    assertThat(client.place(Bodies.GOOD).at("/total")).isEqualTo("100.00");
    String withCode = Bodies.GOOD.replaceFirst("\\{", "{\"codes\": [\"vip\"], ");
    assertThat(client.place(withCode).at("/total")).isEqualTo("90.00");
    assertThat(client.get("/v1/codes/VIP").at("/redeemed")).isEqualTo("1");
    assertThat(client.post("/v1/orders", withCode).status()).isEqualTo(422);
  }

  @Test
  void a_code_keeps_its_limit_when_the_rule_names_it() {
    issue("\"code\": \"VIP\", \"limits\": {\"perCode\": 1}");
    String named = Rules.GOOD.replaceFirst("\\{", "{\"code\": \"vip\", ");
    assertThat(client.put(rule, named, "If-Match", "*").status()).isEqualTo(200);
    move(client, rule, "activate");

    String withCode = Bodies.GOOD.replaceFirst("\\{", "{\"codes\": [\"vip\"], ");
    assertThat(client.place(withCode).at("/total")).isEqualTo("90.00");
    assertThat(client.post("/v1/orders", withCode).flaws())
        .containsExactly("/codes/0 usage_limit_reached");
  }

  @Test
  void issues_more_codes_for_a_rule_in_force_that_needs_one() {
    issue("\"code\": \"VIP\"");
    move(client, rule, "activate");

    assertThat(issue("\"count\": 2").status()).isEqualTo(201);
  }

  @Test
  void generates_codes_that_nobody_can_guess() {
    Answer issued = issue("\"count\": 100000, \"prefix\": \"Spring-26-\"");

    assertThat(issued.status()).isEqualTo(201);
    assertThat(issued.has("Location")).isFalse();
    assertThat(issued.at("/ruleId")).isEqualTo(id);
    assertThat(issued.at("/count")).isEqualTo("100000");
    List<String> codes =
        issued.json().get("codes").valueStream().map(code -> code.stringValue()).toList();
    assertThat(codes).hasSize(100_000);
    assertThat(new HashSet<>(codes)).hasSize(100_000);
    Pattern form = Pattern.compile("Spring-26-" + LETTERS);
    assertThat(codes).allMatch(code -> form.matcher(code).matches());
    assertThat(client.get("/v1/codes/" + codes.getLast()).at("/ruleId")).isEqualTo(id);
  }

  @Test
  void generates_codes_once_if_they_are_asked_for_twice_with_a_key() {
    String body = "{\"ruleId\": \"" + id + "\", \"count\": 2}";
    String[] headers = {"Content-Type", "application/json", "Idempotency-Key", "k-1"};

    Answer first = client.post("/v1/codes", body, headers);

    assertThat(client.post("/v1/codes", body, headers).body()).isEqualTo(first.body());
    assertThat(client.get("/v1/codes").json().get("data")).hasSize(2);
  }

  @Test
  void generates_codes_without_a_prefix_and_with_a_limit_each() {
    Answer issued = issue("\"count\": 1, \"limits\": {\"perCode\": 1}");

    assertThat(issued.at("/codes/0")).matches(LETTERS);
    assertThat(issued.at("/limits/perCode")).isEqualTo("1");
    assertThat(client.get("/v1/codes/" + issued.at("/codes/0")).at("/limits/perCode"))
        .isEqualTo("1");
    assertThat(issue("\"count\": 1, \"prefix\": \"\"").at("/codes/0")).matches(LETTERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VIP", " vip ", "Vip"})
  void issues_a_code_once_whatever_its_spelling(String again) {
    issue("\"code\": \"VIP\"");

    Answer refused = issue("\"code\": \"" + again + "\"");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("code_taken");
  }

  @Test
  void issues_no_code_for_a_rule_that_is_archived() {
    move(client, rule, "archive");

    Answer refused = issue("\"code\": \"VIP\"");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("rule_archived");
    assertThat(client.get("/v1/codes/VIP").status()).isEqualTo(404);
  }

  @Test
  void issues_no_code_for_a_rule_that_everybody_gets_until_it_is_paused() {
    move(client, rule, "activate");

    Answer refused = issue("\"count\": 3");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("rule_open_to_all");
    assertThat(refused.at("/detail")).contains("pause it first");
    assertThat(client.get("/v1/codes").json().get("data")).isEmpty();
    move(client, rule, "pause");
    assertThat(issue("\"count\": 3").status()).isEqualTo(201);
  }

  @Test
  void issues_no_code_for_a_rule_that_there_is_not() {
    for (String body : List.of("\"code\": \"VIP\"", "\"count\": 3")) {
      Answer refused =
          client.post("/v1/codes", "{\"ruleId\": \"" + Rules.UNKNOWN + "\", " + body + "}");

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.flaws()).containsExactly("/ruleId unknown_rule");
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          "ruleId": "rul_1", "code": "A"                | 422 | /ruleId malformed
          "ruleId": 1, "code": "A"                      | 400 | /ruleId wrong_type
          "code": "A"                                   | 422 | /ruleId missing_field
          "ruleId": ID                                  | 422 | /code missing_field
          "ruleId": ID, "code": "A", "count": 1         | 422 | /count repeated
          "ruleId": ID, "code": ""                      | 422 | /code empty
          "ruleId": ID, "code": "a\\tb"                 | 422 | /code malformed
          "ruleId": ID, "code": 1                       | 400 | /code wrong_type
          "ruleId": ID, "code": "A", "prefix": "B"      | 422 | /prefix out_of_range
          "ruleId": ID, "count": 0                      | 422 | /count out_of_range
          "ruleId": ID, "count": 100001                 | 422 | /count out_of_range
          "ruleId": ID, "count": 1.5                    | 422 | /count too_precise
          "ruleId": ID, "count": "1"                    | 400 | /count wrong_type
          "ruleId": ID, "count": 1, "prefix": "a b"     | 422 | /prefix malformed
          "ruleId": ID, "count": 1, "prefix": "Ä"       | 422 | /prefix malformed
          "ruleId": ID, "count": 1, "prefix": 1         | 400 | /prefix wrong_type
          "ruleId": ID, "count": 1, "limits": 1         | 400 | /limits wrong_type
          "ruleId": ID, "count": 1, "limits": {"perCode": 0}  | 422 | /limits/perCode out_of_range
          "ruleId": ID, "count": 1, "limits": {"total": 1}    | 400 | /limits/total unknown_field
          "ruleId": ID, "count": 1, "length": 9         | 400 | /length unknown_field
          """,
      delimiter = '|',
      quoteCharacter = '\0')
  void refuses_what_is_not_as_it_should_be(String fields, int status, String flaw) {
    Answer refused = client.post("/v1/codes", "{" + fields.replace("ID", "\"" + id + "\"") + "}");

    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.flaws()).containsExactly(flaw);
    assertThat(client.get(rule).at("/needsCode")).isEqualTo("false");
  }

  @Test
  void tells_everything_that_is_wrong_at_once() {
    Answer refused =
        client.post(
            "/v1/codes",
            """
            {"ruleId": "x", "count": 0, "code": " ", "prefix": "%s", "limits": {"perCode": -1},
             "more": 1}\
            """
                .formatted("x".repeat(33)));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.flaws())
        .containsExactlyInAnyOrder(
            "/ruleId malformed",
            "/count out_of_range",
            "/count repeated",
            "/code empty",
            "/prefix too_long",
            "/limits/perCode out_of_range",
            "/more unknown_field");
  }

  @Test
  void refuses_a_body_that_is_too_large_or_no_json() {
    String large = "{}" + " ".repeat(CodeHandlers.LARGEST_BODY);

    assertThat(client.post("/v1/codes", large).status()).isEqualTo(413);
    assertThat(client.post("/v1/codes", "{}", "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(client.post("/v1/codes", "[]").flaws()).contains("wrong_type");
  }

  private Answer issue(String fields) {
    return client.post("/v1/codes", "{\"ruleId\": \"" + id + "\", " + fields + "}");
  }

  private Answer unchecked(String body) {
    try (RawConnection connection = client.open()) {
      return connection
          .send(
              """
              POST /v1/codes HTTP/1.1
              Host: kassa
              Content-Type: application/json
              Content-Length: %d

              %s\
              """
                  .formatted(body.length(), body))
          .answer("POST", "/v1/codes");
    }
  }
}
