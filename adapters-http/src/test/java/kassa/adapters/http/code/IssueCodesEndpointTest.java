package kassa.adapters.http.code;

import static kassa.adapters.http.HttpTestRules.VALID_RULE;
import static kassa.adapters.http.HttpTestRules.createRule;
import static kassa.adapters.http.HttpTestRules.idOf;
import static kassa.adapters.http.HttpTestRules.transition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
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

class IssueCodesEndpointTest {

  private static final String LETTERS = "[ABCDEFGHJKMNPQRSTUVWXYZ23456789]{12}";

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;
  private final String rule = createRule(client, VALID_RULE);
  private final String id = idOf(rule);

  @Test
  void issues_given_code_with_location() {
    TestResponse issued = issue("\"code\": \" Vip 2026 \", \"limits\": {\"perCode\": 2}");

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
  void issues_code_without_own_limit() {
    for (String limits : List.of("", ", \"limits\": null", ", \"limits\": {}")) {
      String code = "VIP" + limits.length();
      // The server accepts null, but the contract does not allow it.
      String body = "{\"ruleId\": \"" + id + "\", \"code\": \"" + code + "\"" + limits + "}";
      TestResponse issued =
          limits.contains("null") ? unchecked(body) : client.post("/v1/codes", body);

      assertThat(issued.status()).isEqualTo(201);
      assertThat(issued.json().get("limits").isNull()).isTrue();
      assertThat(client.get("/v1/codes/" + code).json().get("limits").isNull()).isTrue();
    }
  }

  @Test
  void rule_requires_the_issued_code() {
    issue("\"code\": \"VIP\", \"limits\": {\"perCode\": 1}");
    assertThat(client.get(rule).at("/needsCode")).isEqualTo("true");
    transition(client, rule, "activate");

    assertThat(client.place(OrderBodies.VALID_ORDER).at("/total")).isEqualTo("100.00");
    String withCode = OrderBodies.VALID_ORDER.replaceFirst("\\{", "{\"codes\": [\"vip\"], ");
    assertThat(client.place(withCode).at("/total")).isEqualTo("90.00");
    assertThat(client.get("/v1/codes/VIP").at("/redeemed")).isEqualTo("1");
    assertThat(client.post("/v1/orders", withCode).status()).isEqualTo(422);
  }

  @Test
  void code_keeps_its_limit_when_it_becomes_the_rule_code() {
    issue("\"code\": \"VIP\", \"limits\": {\"perCode\": 1}");
    String ruleWithCode = HttpTestRules.VALID_RULE.replaceFirst("\\{", "{\"code\": \"vip\", ");
    assertThat(client.put(rule, ruleWithCode, "If-Match", "*").status()).isEqualTo(200);
    transition(client, rule, "activate");

    String withCode = OrderBodies.VALID_ORDER.replaceFirst("\\{", "{\"codes\": [\"vip\"], ");
    assertThat(client.place(withCode).at("/total")).isEqualTo("90.00");
    assertThat(client.post("/v1/orders", withCode).violations())
        .containsExactly("/codes/0 usage_limit_reached");
  }

  @Test
  void issues_further_codes_for_an_active_rule_with_codes() {
    issue("\"code\": \"VIP\"");
    transition(client, rule, "activate");

    assertThat(issue("\"count\": 2").status()).isEqualTo(201);
  }

  @Test
  void generates_unguessable_codes() {
    TestResponse issued = issue("\"count\": 100000, \"prefix\": \"Spring-26-\"");

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
  void generates_codes_once_per_idempotency_key() {
    String body = "{\"ruleId\": \"" + id + "\", \"count\": 2}";
    String[] headers = {"Content-Type", "application/json", "Idempotency-Key", "k-1"};

    TestResponse first = client.post("/v1/codes", body, headers);

    assertThat(client.post("/v1/codes", body, headers).body()).isEqualTo(first.body());
    assertThat(client.get("/v1/codes").json().get("data")).hasSize(2);
  }

  @Test
  void generates_codes_without_prefix_and_with_own_limits() {
    TestResponse issued = issue("\"count\": 1, \"limits\": {\"perCode\": 1}");

    assertThat(issued.at("/codes/0")).matches(LETTERS);
    assertThat(issued.at("/limits/perCode")).isEqualTo("1");
    assertThat(client.get("/v1/codes/" + issued.at("/codes/0")).at("/limits/perCode"))
        .isEqualTo("1");
    assertThat(issue("\"count\": 1, \"prefix\": \"\"").at("/codes/0")).matches(LETTERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VIP", " vip ", "Vip"})
  void duplicate_code_is_rejected_case_insensitively(String duplicate) {
    issue("\"code\": \"VIP\"");

    TestResponse refused = issue("\"code\": \"" + duplicate + "\"");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("code_taken");
  }

  @Test
  void rejects_code_for_an_archived_rule() {
    transition(client, rule, "archive");

    TestResponse refused = issue("\"code\": \"VIP\"");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("rule_archived");
    assertThat(client.get("/v1/codes/VIP").status()).isEqualTo(404);
  }

  @Test
  void rejects_code_for_an_active_rule_without_codes() {
    transition(client, rule, "activate");

    TestResponse refused = issue("\"count\": 3");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("rule_active_without_code");
    assertThat(refused.at("/detail")).contains("pause the rule first");
    assertThat(client.get("/v1/codes").json().get("data")).isEmpty();
    transition(client, rule, "pause");
    assertThat(issue("\"count\": 3").status()).isEqualTo(201);
  }

  @Test
  void rejects_code_for_an_unknown_rule() {
    for (String body : List.of("\"code\": \"VIP\"", "\"count\": 3")) {
      TestResponse refused =
          client.post(
              "/v1/codes", "{\"ruleId\": \"" + HttpTestRules.UNKNOWN_ID + "\", " + body + "}");

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.violations()).containsExactly("/ruleId unknown_rule");
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
  void rejects_invalid_body(String fields, int status, String violation) {
    TestResponse refused =
        client.post("/v1/codes", "{" + fields.replace("ID", "\"" + id + "\"") + "}");

    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.violations()).containsExactly(violation);
    assertThat(client.get(rule).at("/needsCode")).isEqualTo("false");
  }

  @Test
  void reports_all_violations_at_once() {
    TestResponse refused =
        client.post(
            "/v1/codes",
            """
            {"ruleId": "x", "count": 0, "code": " ", "prefix": "%s", "limits": {"perCode": -1},
             "more": 1}\
            """
                .formatted("x".repeat(33)));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.violations())
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
  void rejects_too_large_or_malformed_body() {
    String large = "{}" + " ".repeat(CodeHandlers.MAX_BODY_BYTES);

    assertThat(client.post("/v1/codes", large).status()).isEqualTo(413);
    assertThat(client.post("/v1/codes", "{}", "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(client.post("/v1/codes", "[]").violations()).contains("wrong_type");
  }

  private TestResponse issue(String fields) {
    return client.post("/v1/codes", "{\"ruleId\": \"" + id + "\", " + fields + "}");
  }

  private TestResponse unchecked(String body) {
    try (RawHttpConnection connection = client.openConnection()) {
      return connection
          .send(
              """
              POST /v1/codes HTTP/1.1
              Host: kassa
              Content-Type: application/json
              Content-Length: %s

              %s\
              """
                  .formatted(body.length(), body))
          .readResponse("POST", "/v1/codes");
    }
  }
}
