package kassa.adapters.http;

import static kassa.adapters.http.Rules.GOOD;
import static kassa.adapters.http.Rules.created;
import static kassa.adapters.http.Rules.idOf;
import static kassa.adapters.http.Rules.move;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RulesOutageTest {

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;
  private final String rule = created(client, GOOD);

  @BeforeEach
  void take_the_store_away() {
    server.store.takeAway();
  }

  @Test
  void an_outage_is_never_answered_as_absence_nor_as_a_success() {
    String code = "{\"ruleId\": \"" + idOf(rule) + "\", \"code\": \"VIP\"}";

    for (Answer answer :
        List.of(
            client.get("/v1/rules"),
            client.post("/v1/rules", GOOD),
            client.get(rule),
            client.get("/v1/rules/" + Rules.UNKNOWN),
            client.put(rule, GOOD, "If-Match", "\"1\""),
            move(client, rule, "activate"),
            move(client, rule, "pause"),
            move(client, rule, "archive"),
            client.get(rule + "/versions"),
            client.get(rule + "/usage"),
            client.get("/v1/codes"),
            client.post("/v1/codes", code),
            client.post("/v1/codes", code.replace("\"code\": \"VIP\"", "\"count\": 1")),
            client.get("/v1/codes/VIP"))) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.at("/code")).isEqualTo("store_unavailable");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
    }
    server.store.bringBack();
    assertThat(client.get(rule).header("ETag")).isEqualTo("\"1\"");
    assertThat(client.get("/v1/codes").json().get("data")).isEmpty();
  }

  @Test
  void a_fault_of_the_body_is_told_all_the_same() {
    assertThat(client.post("/v1/rules", "{}").status()).isEqualTo(422);
    assertThat(client.post("/v1/codes", "{}").status()).isEqualTo(422);
    assertThat(client.put(rule, GOOD).status()).isEqualTo(428);
    assertThat(client.get("/v1/rules/1").status()).isEqualTo(404);
  }
}
