package kassa.adapters.http.rule;

import static kassa.adapters.http.HttpTestRules.VALID_RULE;
import static kassa.adapters.http.HttpTestRules.createRule;
import static kassa.adapters.http.HttpTestRules.transition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import kassa.contract.fixture.SeedRule;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListRulesEndpointTest {

  private static final String DEFAULT_RULE = "/v1/rules/" + SeedRule.ID;

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @Test
  void lists_complete_rules_in_creation_order() {
    String first = createRule(client, VALID_RULE);
    String second = createRule(client, HttpTestRules.with("priority", "9"));

    TestResponse page = client.get("/v1/rules");

    assertThat(page.json().get("data"))
        .containsExactly(
            client.get(DEFAULT_RULE).json(), client.get(first).json(), client.get(second).json());
    assertThat(page.json().get("nextCursor").isNull()).isTrue();
  }

  @Test
  void filters_rules_by_status() {
    String draft = createRule(client, VALID_RULE);
    String active = createRule(client, HttpTestRules.with("status", "\"active\""));
    String paused = createRule(client, HttpTestRules.with("status", "\"active\""));
    String archived = createRule(client, VALID_RULE);
    transition(client, paused, "pause");
    transition(client, archived, "archive");

    assertThat(paths("/v1/rules?status=draft")).containsExactly(draft);
    assertThat(paths("/v1/rules?status=active")).containsExactly(DEFAULT_RULE, active);
    assertThat(paths("/v1/rules?status=paused")).containsExactly(paused);
    assertThat(paths("/v1/rules?status=archived")).containsExactly(archived);
  }

  @Test
  void default_limit_is_50_and_maximum_200() {
    List<String> rules = new ArrayList<>(List.of(DEFAULT_RULE));
    for (int i = 0; i < 200; i++) {
      rules.add(createRule(client, VALID_RULE));
    }

    assertThat(paths("/v1/rules")).isEqualTo(rules.subList(0, 50));
    assertThat(paths("/v1/rules?limit=1")).containsExactly(DEFAULT_RULE);
    assertThat(paths("/v1/rules?limit=200")).isEqualTo(rules.subList(0, 200));
  }

  @Test
  void paging_lists_every_existing_rule_once() {
    List<String> rules = new ArrayList<>(List.of(DEFAULT_RULE));
    for (int i = 0; i < 6; i++) {
      rules.add(createRule(client, VALID_RULE));
    }

    TestResponse page = client.get("/v1/rules?limit=2");
    List<String> listed = new ArrayList<>(paths(page));
    while (!page.json().get("nextCursor").isNull()) {
      if (listed.size() < rules.size()) {
        createRule(client, VALID_RULE);
        client.put(listed.getLast(), VALID_RULE, "If-Match", "*");
      }
      page = client.get("/v1/rules?limit=2&cursor=" + page.at("/nextCursor"));
      listed.addAll(paths(page));
    }

    assertThat(listed).startsWith(rules.toArray(String[]::new)).doesNotHaveDuplicates();
  }

  @Test
  void paging_works_with_status_filter() {
    List<String> drafts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      drafts.add(createRule(client, VALID_RULE));
      createRule(client, HttpTestRules.with("status", "\"active\""));
    }

    TestResponse first = client.get("/v1/rules?status=draft&limit=3");
    TestResponse second = client.get("/v1/rules?status=draft&cursor=" + first.at("/nextCursor"));

    assertThat(paths(first)).isEqualTo(drafts.subList(0, 3));
    assertThat(paths(second)).containsExactly(drafts.getLast());
    assertThat(second.json().get("nextCursor").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          limit=0                     | ?limit out_of_range
          limit=201                   | ?limit out_of_range
          status=Draft                | ?status out_of_range
          status=                     | ?status out_of_range
          status=draft,active         | ?status out_of_range
          status=draft&status=draft   | ?status repeated_parameter
          offset=1                    | ?offset unknown_parameter
          """,
      delimiter = '|')
  void rejects_unknown_or_invalid_parameters(String query, String violation) {
    TestResponse response = client.get("/v1/rules?" + query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.violations()).containsExactly(violation);
  }

  @Test
  void rejects_foreign_cursor() {
    createRule(client, VALID_RULE);
    String cursor = client.get("/v1/rules?limit=1").at("/nextCursor");
    client.post("/v1/products", OrderBodies.product("A", "1"));
    client.post("/v1/products", OrderBodies.product("B", "1"));
    String productCursor = client.get("/v1/products?limit=1").at("/nextCursor");

    for (String other :
        new String[] {"", "A", cursor + "AAAA", cursor.substring(4), productCursor}) {
      assertThat(client.get("/v1/rules?cursor=" + other).at("/code")).isEqualTo("invalid_cursor");
    }
    for (String list : new String[] {"products", "orders", "codes"}) {
      assertThat(client.get("/v1/" + list + "?cursor=" + cursor).at("/code"))
          .isEqualTo("invalid_cursor");
    }
  }

  @Test
  void rejects_a_cursor_of_another_status() {
    createRule(client, VALID_RULE);
    createRule(client, VALID_RULE);
    String all = client.get("/v1/rules?limit=1").at("/nextCursor");
    String drafts = client.get("/v1/rules?status=draft&limit=1").at("/nextCursor");

    assertThat(paths("/v1/rules?status=draft&cursor=" + drafts)).hasSize(1);
    for (String query :
        List.of(
            "status=draft&cursor=" + all,
            "status=active&cursor=" + drafts,
            "limit=1&cursor=" + drafts)) {
      assertThat(client.get("/v1/rules?" + query).at("/code")).isEqualTo("invalid_cursor");
    }
  }

  private List<String> paths(String target) {
    return paths(client.get(target));
  }

  private static List<String> paths(TestResponse page) {
    return page.json()
        .get("data")
        .valueStream()
        .map(rule -> "/v1/rules/" + rule.get("id").stringValue())
        .toList();
  }
}
