package kassa.adapters.http;

import static kassa.adapters.http.Rules.GOOD;
import static kassa.adapters.http.Rules.created;
import static kassa.adapters.http.Rules.move;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kassa.contract.ShippedRule;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingRulesTest {

  private static final String SHIPPED = "/v1/rules/" + ShippedRule.ID;

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

  @Test
  void lists_rules_whole_and_as_they_were_created() {
    String first = created(client, GOOD);
    String second = created(client, Rules.with("priority", "9"));

    Answer page = client.get("/v1/rules");

    assertThat(page.json().get("data"))
        .containsExactly(
            client.get(SHIPPED).json(), client.get(first).json(), client.get(second).json());
    assertThat(page.json().get("nextCursor").isNull()).isTrue();
  }

  @Test
  void lists_the_rules_of_one_status() {
    String draft = created(client, GOOD);
    String active = created(client, Rules.with("status", "\"active\""));
    String paused = created(client, Rules.with("status", "\"active\""));
    String archived = created(client, GOOD);
    move(client, paused, "pause");
    move(client, archived, "archive");

    assertThat(paths("/v1/rules?status=draft")).containsExactly(draft);
    assertThat(paths("/v1/rules?status=active")).containsExactly(SHIPPED, active);
    assertThat(paths("/v1/rules?status=paused")).containsExactly(paused);
    assertThat(paths("/v1/rules?status=archived")).containsExactly(archived);
  }

  @Test
  void lists_fifty_unless_told_otherwise_and_two_hundred_at_most() {
    List<String> rules = new ArrayList<>(List.of(SHIPPED));
    for (int i = 0; i < 200; i++) {
      rules.add(created(client, GOOD));
    }

    assertThat(paths("/v1/rules")).isEqualTo(rules.subList(0, 50));
    assertThat(paths("/v1/rules?limit=1")).containsExactly(SHIPPED);
    assertThat(paths("/v1/rules?limit=200")).isEqualTo(rules.subList(0, 200));
  }

  @Test
  void a_walk_meets_once_what_was_there_when_it_began() {
    List<String> rules = new ArrayList<>(List.of(SHIPPED));
    for (int i = 0; i < 6; i++) {
      rules.add(created(client, GOOD));
    }

    Answer page = client.get("/v1/rules?limit=2");
    List<String> met = new ArrayList<>(paths(page));
    while (!page.json().get("nextCursor").isNull()) {
      if (met.size() < rules.size()) {
        created(client, GOOD);
        client.put(met.getLast(), GOOD, "If-Match", "*");
      }
      page = client.get("/v1/rules?limit=2&cursor=" + page.at("/nextCursor"));
      met.addAll(paths(page));
    }

    assertThat(met).startsWith(rules.toArray(String[]::new)).doesNotHaveDuplicates();
  }

  @Test
  void a_walk_along_one_status_goes_on_where_it_was() {
    List<String> drafts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      drafts.add(created(client, GOOD));
      created(client, Rules.with("status", "\"active\""));
    }

    Answer first = client.get("/v1/rules?status=draft&limit=3");
    Answer second = client.get("/v1/rules?status=draft&cursor=" + first.at("/nextCursor"));

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
  void refuses_parameters_that_it_does_not_know_or_not_like_this(String query, String flaw) {
    Answer answer = client.get("/v1/rules?" + query);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.flaws()).containsExactly(flaw);
  }

  @Test
  void refuses_a_cursor_that_it_did_not_give_out_here() {
    created(client, GOOD);
    String cursor = client.get("/v1/rules?limit=1").at("/nextCursor");
    client.post("/v1/products", Bodies.product("A", "1"));
    client.post("/v1/products", Bodies.product("B", "1"));
    String ofProducts = client.get("/v1/products?limit=1").at("/nextCursor");

    for (String other : new String[] {"", "A", cursor + "AAAA", cursor.substring(4), ofProducts}) {
      assertThat(client.get("/v1/rules?cursor=" + other).at("/code")).isEqualTo("invalid_cursor");
    }
    for (String list : new String[] {"products", "orders", "codes"}) {
      assertThat(client.get("/v1/" + list + "?cursor=" + cursor).at("/code"))
          .isEqualTo("invalid_cursor");
    }
  }

  private List<String> paths(String target) {
    return paths(client.get(target));
  }

  private static List<String> paths(Answer page) {
    return page.json()
        .get("data")
        .valueStream()
        .map(rule -> "/v1/rules/" + rule.get("id").stringValue())
        .toList();
  }
}
