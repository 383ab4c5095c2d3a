package kassa.adapters.http.rule;

import static kassa.adapters.http.HttpTestRules.VALID_RULE;
import static kassa.adapters.http.HttpTestRules.createRule;
import static kassa.adapters.http.HttpTestRules.transition;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kassa.adapters.http.ContractCheckingClient;
import kassa.adapters.http.HttpTestRules;
import kassa.adapters.http.OrderBodies;
import kassa.adapters.http.TestResponse;
import kassa.adapters.http.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RuleStatusEndpointTest {

  private static final int WRITERS = 8;

  private static final Map<String, List<String>> TRANSITIONS_TO =
      Map.of(
          "draft", List.of(),
          "active", List.of("activate"),
          "paused", List.of("activate", "pause"),
          "archived", List.of("archive"));

  @AutoClose private final TestServer server = TestServer.start();
  private final ContractCheckingClient client = server.client;

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          draft    | activate | active
          draft    | archive  | archived
          active   | pause    | paused
          active   | archive  | archived
          paused   | activate | active
          paused   | archive  | archived
          """,
      delimiter = '|')
  void transitions_rule_between_statuses(String from, String verb, String to) {
    String rule = ruleWithStatus(from);
    TestResponse before = client.get(rule);

    TestResponse updated = transition(client, rule, verb, "If-Match", before.header("ETag"));

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.at("/status")).isEqualTo(to);
    assertThat(updated.at("/version")).isEqualTo("1");
    assertThat(updated.header("ETag")).isNotEqualTo(before.header("ETag"));
    assertThat(updated.at("/updatedAt")).isGreaterThan(before.at("/updatedAt"));
    assertThat(client.get(rule).body()).isEqualTo(updated.body());
  }

  @ParameterizedTest
  @CsvSource({"active, activate", "paused, pause", "archived, archive"})
  void transition_to_current_status_changes_nothing(String status, String verb) {
    String rule = ruleWithStatus(status);
    TestResponse before = client.get(rule);

    TestResponse updated = transition(client, rule, verb);

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.body()).isEqualTo(before.body());
    assertThat(updated.header("ETag")).isEqualTo(before.header("ETag"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          draft    | pause    | active,archived
          archived | activate | ''
          archived | pause    | ''
          """,
      delimiter = '|')
  void illegal_transition_lists_allowed_ones(String from, String verb, String allowed) {
    String rule = ruleWithStatus(from);

    TestResponse refused = transition(client, rule, verb);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/code")).isEqualTo("invalid_transition");
    assertThat(
            String.join(
                ",", refused.json().get("allowed").valueStream().map(JsonNode::asString).toList()))
        .isEqualTo(allowed);
    assertThat(refused.at("/detail"))
        .isEqualTo(
            "The rule is "
                + from
                + "; allowed next statuses: "
                + (allowed.isEmpty() ? "none" : allowed.replace(",", ", "))
                + ".");
    assertThat(client.get(rule).at("/status")).isEqualTo(from);
  }

  @Test
  void rule_discounts_only_while_active() {
    String rule = createRule(client, VALID_RULE);
    assertThat(client.place(OrderBodies.VALID_ORDER).at("/total")).isEqualTo("100.00");

    transition(client, rule, "activate");
    assertThat(client.place(OrderBodies.VALID_ORDER).at("/total")).isEqualTo("90.00");

    transition(client, rule, "pause");
    assertThat(client.place(OrderBodies.VALID_ORDER).at("/total")).isEqualTo("100.00");
  }

  @Test
  void one_of_many_concurrent_updates_with_if_match_succeeds() throws Exception {
    String rule = createRule(client, VALID_RULE);

    List<TestResponse> responses = writeConcurrently(writer -> replace(rule, writer, "\"1\""));

    assertThat(responses.stream().map(TestResponse::status).sorted())
        .containsExactlyElementsOf(
            Stream.concat(Stream.of(200), Stream.generate(() -> 412).limit(WRITERS - 1)).toList());
    TestResponse winner =
        responses.stream().filter(response -> response.status() == 200).findFirst().get();
    assertThat(client.get(rule).body()).isEqualTo(winner.body());
    assertThat(client.get(rule + "/versions").json().get("data")).hasSize(2);
  }

  @Test
  void concurrent_updates_with_if_match_star_all_succeed() throws Exception {
    String rule = createRule(client, VALID_RULE);

    List<TestResponse> responses = writeConcurrently(writer -> replace(rule, writer, "*"));

    assertThat(responses).allMatch(response -> response.status() == 200);
    assertThat(responses.stream().map(response -> response.at("/version"))).doesNotHaveDuplicates();
    assertThat(client.get(rule).at("/version")).isEqualTo(Integer.toString(WRITERS + 1));
  }

  private TestResponse replace(String rule, int writer, String tags) {
    return client.put(rule, HttpTestRules.with("label", "\"" + writer + "\""), "If-Match", tags);
  }

  private String ruleWithStatus(String status) {
    String rule = createRule(client, VALID_RULE);
    for (String verb : TRANSITIONS_TO.getOrDefault(status, List.of())) {
      transition(client, rule, verb);
    }
    assertThat(client.get(rule).at("/status")).isEqualTo(status);
    return rule;
  }

  private interface Writer {
    TestResponse write(int number);
  }

  private static List<TestResponse> writeConcurrently(Writer writer) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<TestResponse>> writers =
          IntStream.range(0, WRITERS)
              .<Callable<TestResponse>>mapToObj(i -> () -> writer.write(i))
              .toList();
      return threads.invokeAll(writers).stream().map(Future::resultNow).toList();
    }
  }
}
