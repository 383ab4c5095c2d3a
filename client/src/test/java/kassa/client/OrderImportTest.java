package kassa.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.client.ScriptedServer.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OrderImportTest {

  @TempDir private Path folder;
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void places_every_order_and_keeps_what_became_of_it() throws IOException {
    server.says(batch ->
        batch.each(key ->
            switch (key) {
              case "k2" -> batch.placed(key, true);
              case "k3" -> batch.refused(key, 422, "code_rejected");
              default -> batch.placed(key, false);
            }));
    AtomicLong progress = new AtomicLong();

    Report report = run(file(4) + "no json\n", progress);

    assertThat(report)
        .isEqualTo(
            new Report(
                5,
                2,
                1,
                2,
                List.of(
                    new Report.Reason("code_rejected", 1, List.of(3), "No."),
                    new Report.Reason(
                        "malformed_json", 1, List.of(5), report.reasons().get(1).example())),
                null));
    assertThat(report.isComplete()).isFalse();
    assertThat(progress).hasValue(5);
    assertThat(Files.readString(folder.resolve("orders.ndjson.results.ndjson")).lines())
        .hasSize(6)
        .anyMatch(line -> line.startsWith("{\"line\":5,\"key\":null,\"status\":400,"));
  }

  @Test
  void sends_on_the_next_run_what_was_not_placed_and_nothing_else() throws IOException {
    server.says(batch ->
        batch.each(
            key -> key.equals("k2") ? batch.refused(key, 422, "x") : batch.placed(key, false)));
    run(file(4));
    server.batches().clear();
    server.says(ScriptedServer.Batch::allPlaced);

    assertThat(run(file(4))).isEqualTo(new Report(4, 1, 3, 0, List.of(), null));
    assertThat(server.batches()).containsExactly(List.of("k2"));
  }

  @Test
  void sends_many_orders_by_batches() {
    Report report = run(file(1_050));

    assertThat(report.placed()).isEqualTo(1_050);
    assertThat(server.batches()).hasSize(6).allMatch(batch -> batch.size() <= 200);
    assertThat(server.batches().stream().flatMap(List::stream))
        .hasSize(1_050)
        .doesNotHaveDuplicates();
  }

  @Test
  void sends_the_same_batch_again_when_nothing_is_known_of_it() {
    server.says(batch ->
        switch (batch.number()) {
          case 1 -> ScriptedServer.BREAK_OFF;
          case 2 -> new Reply(503, "{\"code\":\"stopping\"}");
          case 3 -> new Reply(429, "");
          case 4 -> new Reply(502, "<html>");
          default -> batch.allPlaced();
        });

    assertThat(run(file(2))).isEqualTo(new Report(2, 2, 0, 0, List.of(), null));
    assertThat(server.batches()).hasSize(5).containsOnly(List.of("k1", "k2"));
  }

  @Test
  void sends_those_orders_again_that_may_be_placed_a_little_later() {
    server.says(batch ->
        batch.each(key ->
            switch (key) {
              case "k2" ->
                  batch.number() < 3
                      ? batch.refused(key, 409, "request_in_progress")
                      : batch.placed(key, true);
              case "k3" ->
                  batch.number() < 2
                      ? batch.refused(key, 503, "deadline_exceeded")
                      : batch.placed(key, false);
              default -> batch.placed(key, false);
            }));

    assertThat(run(file(3))).isEqualTo(new Report(3, 2, 1, 0, List.of(), null));
    assertThat(server.batches())
        .containsExactly(List.of("k1", "k2", "k3"), List.of("k2", "k3"), List.of("k2"));
  }

  @Test
  void takes_an_order_that_breaks_the_server_each_time_as_refused() {
    server.says(batch ->
        batch.each(key ->
            key.equals("k2")
                ? batch.refused(key, 500, "internal_error")
                : batch.placed(key, false)));

    Report report = run(file(3));

    assertThat(report.refused()).isEqualTo(1);
    assertThat(report.reasons().getFirst().name()).isEqualTo("internal_error");
    assertThat(server.batches()).hasSize(4);
  }

  @Test
  void finds_the_order_for_which_a_batch_is_refused_as_a_whole() {
    server.says(batch ->
        batch.keys().contains("k7")
            ? new Reply(400, "{\"code\":\"malformed_json\",\"detail\":\"Too deep.\"}")
            : batch.allPlaced());

    Report report = run(file(20));

    assertThat(report.placed()).isEqualTo(19);
    assertThat(report.reasons())
        .containsExactly(new Report.Reason("malformed_json", 1, List.of(7), "Too deep."));
  }

  @Test
  void ends_early_where_nobody_takes_orders() {
    server.says(batch -> new Reply(404, "{\"detail\":\"Nothing here.\"}"));

    Report report = run(file(3));

    assertThat(report.obstacle()).isEqualTo("it answered 404 Nothing here.");
    assertThat(report.left()).isEqualTo(3);
  }

  @Test
  void shows_its_token_with_each_batch() {
    run(file(500));

    assertThat(server.shown()).containsOnly("Bearer kak_42").hasSize(server.batches().size());
  }

  @Test
  void shows_nothing_when_it_has_nothing_to_show() {
    try (OrderImport orders = OrderImport.of(write(file(3)), FileFormat.NDJSON, null)) {
      orders.feed(server.address(), null, more -> {});
    }

    assertThat(server.shown()).containsOnly("");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          401, --token or KASSA_TOKEN
          403, orders:write
          """)
  void says_what_is_needed_where_it_is_not_let_in(int status, String needed) {
    server.says(batch -> new Reply(status, "{\"detail\":\"Stay out.\"}"));

    Report report = run(file(3));

    assertThat(report.obstacle()).contains(status + " Stay out.", needed);
    assertThat(server.batches()).hasSize(1);
  }

  @Test
  void ends_early_where_nobody_listens() {
    URI address = server.address();
    server.close();

    try (OrderImport orders = OrderImport.of(write(file(3)), FileFormat.NDJSON, null)) {
      Report report = orders.feed(address, null, more -> {});
      assertThat(report.obstacle()).isNotNull();
      assertThat(report.left()).isEqualTo(3);
    }
  }

  @Test
  void gives_up_when_its_patience_ends() throws IOException {
    server.says(batch -> new Reply(503, "{\"detail\":\"Later.\"}"));

    try (OrderFile file = OrderFile.open(write(file(3)), FileFormat.NDJSON);
        ResultsFile results = ResultsFile.open(folder.resolve("results"), file);
        OrderServer client = new OrderServer(server.address(), null);
        Submissions orders = file.read()) {
      Feed feed = new Feed(results, new Tally(3, 0), Duration.ZERO);
      Report report = feed.run(orders, client, more -> {});
      assertThat(report.obstacle()).isEqualTo("it answered 503 Later.");
      assertThat(report.left()).isEqualTo(3);
    }
  }

  @Test
  void waits_for_what_was_sent_when_it_is_stopped_and_goes_on_the_next_time() {
    String file = file(2_000);
    long before;
    try (OrderImport orders = OrderImport.of(write(file), FileFormat.NDJSON, null)) {
      server.says(batch -> {
        orders.stop();
        return batch.allPlaced();
      });
      Report report = orders.feed(server.address(), null, more -> {});
      before = report.placed();
      assertThat(before).isEqualTo(sent()).isPositive().isLessThan(2_000);
      assertThat(report.left()).isEqualTo(2_000 - before);
      assertThat(report.obstacle()).isEqualTo("it was stopped");
    }
    server.says(ScriptedServer.Batch::allPlaced);

    assertThat(run(file)).isEqualTo(new Report(2_000, 2_000 - before, before, 0, List.of(), null));
    assertThat(sent()).isEqualTo(2_000);
  }

  @Test
  void does_not_wait_for_a_server_when_it_is_stopped() {
    try (OrderImport orders = OrderImport.of(write(file(1)), FileFormat.NDJSON, null)) {
      server.says(batch -> {
        orders.stop();
        return new Reply(503, "");
      });
      assertThat(orders.feed(server.address(), null, more -> {}).left()).isEqualTo(1);
    }
    assertThat(server.batches()).hasSize(1);
  }

  @Test
  void takes_what_can_be_read_only_once() throws IOException {
    Path results = folder.resolve("results");
    try (OrderImport orders =
        OrderImport.of(
            new ByteArrayInputStream(file(3).getBytes(StandardCharsets.UTF_8)),
            FileFormat.NDJSON,
            results)) {
      assertThat(orders.ordersToSend()).isEqualTo(3);
      assertThat(orders.feed(server.address(), null, more -> {}).placed()).isEqualTo(3);
    }
    assertThat(Files.readString(results)).startsWith("{\"file\":\"stdin-");
  }

  @Test
  void gives_a_file_of_the_same_content_the_same_keys() throws IOException {
    run("{}\n{}\n");
    Files.delete(folder.resolve("orders.ndjson.results.ndjson"));
    run("{}\n{}\n");

    assertThat(server.batches()).hasSize(2);
    assertThat(server.batches().getFirst())
        .isEqualTo(server.batches().getLast())
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[0-9a-f]{32}-[12]"));
  }

  @Test
  void places_nothing_of_an_empty_file() {
    assertThat(run("\n")).isEqualTo(new Report(0, 0, 0, 0, List.of(), null));
  }

  @Test
  void refuses_a_file_that_is_not_there() {
    assertThatThrownBy(() -> OrderImport.of(folder.resolve("none"), FileFormat.CSV, null))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageStartingWith("there is no file");
  }

  @Test
  void tells_no_more_reasons_apart_than_people_read() {
    server.says(batch ->
        batch.each(key ->
            """
            {"key":"%1$s","status":400,"problem":{"code":"invalid_request","detail":"No.",\
            "errors":[{"pointer":"/lines/7/%1$s","code":"unknown_field","detail":"%1$s"}]}}\
            """
                .formatted(key)));

    Report report = run(file(1_000));

    assertThat(report.reasons()).hasSize(51);
    assertThat(report.reasons().getFirst().name()).isEqualTo("invalid_request");
    assertThat(report.reasons().getFirst().count()).isEqualTo(950);
    assertThat(report.reasons().get(1).name()).startsWith("invalid_request /lines/*/k");
  }

  private int sent() {
    return server.batches().stream().mapToInt(List::size).sum();
  }

  private Report run(String content) {
    return run(content, new AtomicLong());
  }

  private Report run(String content, AtomicLong progress) {
    try (OrderImport orders = OrderImport.of(write(content), FileFormat.NDJSON, null)) {
      return orders.feed(server.address(), "kak_42", progress::addAndGet);
    }
  }

  private Path write(String content) {
    try {
      return Files.writeString(folder.resolve("orders.ndjson"), content);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String file(int orders) {
    return IntStream.rangeClosed(1, orders)
        .mapToObj("{\"key\":\"k%d\"}\n"::formatted)
        .collect(Collectors.joining());
  }
}
