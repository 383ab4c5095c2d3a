package kassa.adapters.http.rule;

import static kassa.adapters.http.HttpTestRules.VALID_RULE;
import static kassa.adapters.http.HttpTestRules.createRule;
import static kassa.adapters.http.HttpTestRules.idOf;
import static kassa.adapters.http.HttpTestRules.transition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuleStoreOutageTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;
  private final String rule = createRule(client, VALID_RULE);

  @BeforeEach
  void makeStoreUnavailable() {
    server.store.makeUnavailable();
  }

  @Test
  void outage_is_503_and_never_404_or_success() {
    String code = "{\"ruleId\": \"" + idOf(rule) + "\", \"code\": \"VIP\"}";

    for (TestResponse response :
        List.of(
            client.get("/v1/rules"),
            client.post("/v1/rules", VALID_RULE),
            client.get(rule),
            client.get("/v1/rules/" + HttpTestRules.UNKNOWN_ID),
            client.put(rule, VALID_RULE, "If-Match", "\"1\""),
            transition(client, rule, "activate"),
            transition(client, rule, "pause"),
            transition(client, rule, "archive"),
            client.get(rule + "/versions"),
            client.get(rule + "/usage"),
            client.get("/v1/codes"),
            client.post("/v1/codes", code),
            client.post("/v1/codes", code.replace("\"code\": \"VIP\"", "\"count\": 1")),
            client.get("/v1/codes/VIP"))) {
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.at("/code")).isEqualTo("store_unavailable");
      assertThat(response.header("Retry-After")).isEqualTo("1");
    }
    server.store.makeAvailable();
    assertThat(client.get(rule).header("ETag")).isEqualTo("\"1\"");
    assertThat(client.get("/v1/codes").json().get("data")).isEmpty();
  }

  @Test
  void invalid_body_is_reported_during_an_outage() {
    assertThat(client.post("/v1/rules", "{}").status()).isEqualTo(422);
    assertThat(client.post("/v1/codes", "{}").status()).isEqualTo(422);
    assertThat(client.put(rule, VALID_RULE).status()).isEqualTo(428);
    assertThat(client.get("/v1/rules/1").status()).isEqualTo(404);
  }
}
