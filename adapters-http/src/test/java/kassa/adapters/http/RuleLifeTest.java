package kassa.adapters.http;

import static kassa.adapters.http.Rules.GOOD;
import static kassa.adapters.http.Rules.created;
import static kassa.adapters.http.Rules.move;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class RuleLifeTest {

  private static final int WRITERS = 8;

  private static final Map<String, List<String>> WAY_TO =
      Map.of(
          "draft", List.of(),
          "active", List.of("activate"),
          "paused", List.of("activate", "pause"),
          "archived", List.of("archive"));

  @AutoClose private final TestServer server = TestServer.start();
  private final CheckedClient client = server.client;

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
  void leads_a_rule_from_one_status_to_the_next(String from, String verb, String to) {
    String rule = ruleThatIs(from);
    Answer before = client.get(rule);

    Answer moved = move(client, rule, verb, "If-Match", before.header("ETag"));

    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.at("/status")).isEqualTo(to);
    assertThat(moved.at("/version")).isEqualTo("1");
    assertThat(moved.header("ETag")).isNotEqualTo(before.header("ETag"));
    assertThat(moved.at("/updatedAt")).isGreaterThan(before.at("/updatedAt"));
    assertThat(client.get(rule).body()).isEqualTo(moved.body());
  }

  @ParameterizedTest
  @CsvSource({"active, activate", "paused, pause", "archived, archive"})
  void leaves_a_rule_as_it_is_that_is_where_it_should_be(String status, String verb) {
    String rule = ruleThatIs(status);
    Answer before = client.get(rule);

    Answer moved = move(client, rule, verb);

    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.body()).isEqualTo(before.body());
    assertThat(moved.header("ETag")).isEqualTo(before.header("ETag"));
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
  void tells_what_is_allowed_where_something_is_not(String from, String verb, String allowed) {
    String rule = ruleThatIs(from);

    Answer refused = move(client, rule, verb);

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
                + "; what may come next is "
                + (allowed.isEmpty() ? "nothing" : allowed.replace(",", ", "))
                + ".");
    assertThat(client.get(rule).at("/status")).isEqualTo(from);
  }

  @Test
  void a_rule_discounts_while_it_is_active_and_no_longer() {
    String rule = created(client, GOOD);
    assertThat(client.place(Bodies.GOOD).at("/total")).isEqualTo("100.00");

    move(client, rule, "activate");
    assertThat(client.place(Bodies.GOOD).at("/total")).isEqualTo("90.00");

    move(client, rule, "pause");
    assertThat(client.place(Bodies.GOOD).at("/total")).isEqualTo("100.00");
  }

  @Test
  void one_of_those_wins_who_replace_the_same_revision_at_once() throws Exception {
    String rule = created(client, GOOD);

    List<Answer> answers = atOnce(writer -> replace(rule, writer, "\"1\""));

    assertThat(answers.stream().map(Answer::status).sorted())
        .containsExactlyElementsOf(
            Stream.concat(Stream.of(200), Stream.generate(() -> 412).limit(WRITERS - 1)).toList());
    Answer winner = answers.stream().filter(answer -> answer.status() == 200).findFirst().get();
    assertThat(client.get(rule).body()).isEqualTo(winner.body());
    assertThat(client.get(rule + "/versions").json().get("data")).hasSize(2);
  }

  @Test
  void all_of_those_win_one_after_the_other_who_replace_whatever_there_is() throws Exception {
    String rule = created(client, GOOD);

    List<Answer> answers = atOnce(writer -> replace(rule, writer, "*"));

    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(answers.stream().map(answer -> answer.at("/version"))).doesNotHaveDuplicates();
    assertThat(client.get(rule).at("/version")).isEqualTo(Integer.toString(WRITERS + 1));
  }

  private Answer replace(String rule, int writer, String tags) {
    return client.put(rule, Rules.with("label", "\"" + writer + "\""), "If-Match", tags);
  }

  private String ruleThatIs(String status) {
    String rule = created(client, GOOD);
    for (String verb : WAY_TO.getOrDefault(status, List.of())) {
      move(client, rule, verb);
    }
    assertThat(client.get(rule).at("/status")).isEqualTo(status);
    return rule;
  }

  private interface Writer {
    Answer write(int number);
  }

  private static List<Answer> atOnce(Writer writer) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> writers =
          IntStream.range(0, WRITERS)
              .<Callable<Answer>>mapToObj(i -> () -> writer.write(i))
              .toList();
      return threads.invokeAll(writers).stream().map(Future::resultNow).toList();
    }
  }
}
