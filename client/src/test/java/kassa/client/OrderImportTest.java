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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kassa.client.StubOrderServer.StubReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OrderImportTest {

  @TempDir private Path folder;
  private StubOrderServer server;

  @BeforeEach
  void start() throws IOException {
    server = new StubOrderServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void places_every_order_and_writes_its_result() throws IOException {
    server.respondWith(batch ->
        batch.each(key ->
            switch (key) {
              case "k2" -> batch.placed(key, true);
              case "k3" -> batch.rejected(key, 422, "code_rejected");
              default -> batch.placed(key, false);
            }));
    AtomicLong progress = new AtomicLong();

    ImportReport report = run(file(4) + "no json\n", progress);

    assertThat(report)
        .isEqualTo(
            new ImportReport(
                5,
                2,
                1,
                2,
                List.of(
                    new ImportReport.RejectionReason("code_rejected", 1, List.of(3), "No."),
                    new ImportReport.RejectionReason(
                        "malformed_json", 1, List.of(5), report.reasons().get(1).example())),
                null));
    assertThat(report.isComplete()).isFalse();
    assertThat(progress).hasValue(5);
    assertThat(Files.readString(folder.resolve("orders.ndjson.results.ndjson")).lines())
        .hasSize(6)
        .anyMatch(line -> line.startsWith("{\"line\":5,\"key\":null,\"status\":400,"));
  }

  @Test
  void next_run_sends_only_orders_that_were_not_placed() throws IOException {
    server.respondWith(batch ->
        batch.each(
            key -> key.equals("k2") ? batch.rejected(key, 422, "x") : batch.placed(key, false)));
    run(file(4));
    server.batches().clear();
    server.respondWith(StubOrderServer.ReceivedBatch::allPlaced);

    assertThat(run(file(4))).isEqualTo(new ImportReport(4, 1, 3, 0, List.of(), null));
    assertThat(server.batches()).containsExactly(List.of("k2"));
  }

  @Test
  void sends_orders_in_batches() {
    ImportReport report = run(file(1_050));

    assertThat(report.placed()).isEqualTo(1_050);
    assertThat(server.batches()).hasSize(6).allMatch(batch -> batch.size() <= 200);
    assertThat(server.batches().stream().flatMap(List::stream))
        .hasSize(1_050)
        .doesNotHaveDuplicates();
  }

  @Test
  void retries_batch_after_unknown_outcome() {
    server.respondWith(batch ->
        switch (batch.number()) {
          case 1 -> StubOrderServer.DISCONNECT;
          case 2 -> new StubReply(503, "{\"code\":\"shutting_down\"}");
          case 3 -> new StubReply(429, "");
          case 4 -> new StubReply(502, "<html>");
          default -> batch.allPlaced();
        });

    assertThat(run(file(2))).isEqualTo(new ImportReport(2, 2, 0, 0, List.of(), null));
    assertThat(server.batches()).hasSize(5).containsOnly(List.of("k1", "k2"));
  }

  @Test
  void retries_orders_that_were_rejected_temporarily() {
    server.respondWith(batch ->
        batch.each(key ->
            switch (key) {
              case "k2" ->
                  batch.number() < 3
                      ? batch.rejected(key, 409, "request_in_progress")
                      : batch.placed(key, true);
              case "k3" ->
                  batch.number() < 2
                      ? batch.rejected(key, 503, "deadline_exceeded")
                      : batch.placed(key, false);
              default -> batch.placed(key, false);
            }));

    assertThat(run(file(3))).isEqualTo(new ImportReport(3, 2, 1, 0, List.of(), null));
    assertThat(server.batches())
        .containsExactly(List.of("k1", "k2", "k3"), List.of("k2", "k3"), List.of("k2"));
  }

  @Test
  void rejects_order_after_repeated_server_errors() {
    server.respondWith(batch ->
        batch.each(key ->
            key.equals("k2")
                ? batch.rejected(key, 500, "internal_error")
                : batch.placed(key, false)));

    ImportReport report = run(file(3));

    assertThat(report.rejected()).isEqualTo(1);
    assertThat(report.reasons().getFirst().name()).isEqualTo("internal_error");
    assertThat(server.batches()).hasSize(4);
  }

  @Test
  void bisects_a_rejected_batch_to_find_the_invalid_order() {
    server.respondWith(batch ->
        batch.keys().contains("k7")
            ? new StubReply(400, "{\"code\":\"malformed_json\",\"detail\":\"Too deep.\"}")
            : batch.allPlaced());

    ImportReport report = run(file(20));

    assertThat(report.placed()).isEqualTo(19);
    assertThat(report.reasons())
        .containsExactly(
            new ImportReport.RejectionReason("malformed_json", 1, List.of(7), "Too deep."));
  }

  @Test
  void aborts_when_server_does_not_accept_orders() {
    server.respondWith(batch -> new StubReply(404, "{\"detail\":\"Nothing here.\"}"));

    ImportReport report = run(file(3));

    assertThat(report.abortReason()).isEqualTo("the server responded with 404 Nothing here.");
    assertThat(report.unsent()).isEqualTo(3);
  }

  @Test
  void sends_its_token_with_each_batch() {
    run(file(500));

    assertThat(server.receivedTokens())
        .containsOnly("Bearer kak_42")
        .hasSize(server.batches().size());
  }

  @Test
  void sends_nothing_while_the_server_does_not_run() {
    try (OrderImport orders = OrderImport.of(write(file(3)), FileFormat.NDJSON, null)) {
      ImportReport report = orders.send(Optional::empty, "kak_42", more -> {});
      assertThat(report.abortReason()).isEqualTo("the server stopped");
      assertThat(report.unsent()).isEqualTo(3);
    }
    assertThat(server.receivedTokens()).isEmpty();
  }

  @Test
  void continues_with_a_restarted_server_and_sends_nothing_to_its_old_port() {
    AtomicInteger calls = new AtomicInteger();
    Supplier<Optional<URI>> restarting =
        () ->
            switch (calls.incrementAndGet()) {
              case 2 -> Optional.empty();
              default -> Optional.of(server.address());
            };
    try (OrderImport orders = OrderImport.of(write(file(3)), FileFormat.NDJSON, null)) {
      assertThat(orders.send(restarting, "kak_42", more -> {}).placed()).isEqualTo(3);
    }
    // Health check, no server, one batch.
    assertThat(calls).hasValue(3);
    assertThat(server.batches()).hasSize(1);
  }

  @Test
  void sends_no_authorization_header_without_token() {
    try (OrderImport orders = OrderImport.of(write(file(3)), FileFormat.NDJSON, null)) {
      orders.send(server.address(), null, more -> {});
    }

    assertThat(server.receivedTokens()).containsOnly("");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          401, --token or KASSA_TOKEN
          403, orders:write
          403, orders:import for files with placedAt
          """)
  void reports_missing_token_or_scope(int status, String needed) {
    server.respondWith(batch -> new StubReply(status, "{\"detail\":\"Stay out.\"}"));

    ImportReport report = run(file(3));

    assertThat(report.abortReason()).contains(status + " Stay out.", needed);
    assertThat(server.batches()).hasSize(1);
  }

  @Test
  void aborts_when_server_is_unreachable() {
    URI address = server.address();
    server.close();

    try (OrderImport orders = OrderImport.of(write(file(3)), FileFormat.NDJSON, null)) {
      ImportReport report = orders.send(address, null, more -> {});
      assertThat(report.abortReason()).isNotNull();
      assertThat(report.unsent()).isEqualTo(3);
    }
  }

  @Test
  void aborts_when_no_progress_timeout_elapses() throws IOException {
    server.respondWith(batch -> new StubReply(503, "{\"detail\":\"Later.\"}"));

    try (OrderFile file = OrderFile.open(write(file(3)), FileFormat.NDJSON);
        ImportResultsFile results = ImportResultsFile.open(folder.resolve("results"), file);
        OrderApiClient client = new OrderApiClient(() -> Optional.of(server.address()), null);
        FileOrderReader orders = file.openReader()) {
      BatchSender feed = new BatchSender(results, new ImportStatistics(3, 0), Duration.ZERO);
      ImportReport report = feed.run(orders, client, more -> {});
      assertThat(report.abortReason()).isEqualTo("the server responded with 503 Later.");
      assertThat(report.unsent()).isEqualTo(3);
    }
  }

  @Test
  void stop_waits_for_sent_batches_and_next_run_continues() {
    String file = file(2_000);
    long before;
    try (OrderImport orders = OrderImport.of(write(file), FileFormat.NDJSON, null)) {
      server.respondWith(batch -> {
        orders.stop();
        return batch.allPlaced();
      });
      ImportReport report = orders.send(server.address(), null, more -> {});
      before = report.placed();
      assertThat(before).isEqualTo(sent()).isPositive().isLessThan(2_000);
      assertThat(report.unsent()).isEqualTo(2_000 - before);
      assertThat(report.abortReason()).isEqualTo("it was stopped");
    }
    server.respondWith(StubOrderServer.ReceivedBatch::allPlaced);

    assertThat(run(file))
        .isEqualTo(new ImportReport(2_000, 2_000 - before, before, 0, List.of(), null));
    assertThat(sent()).isEqualTo(2_000);
  }

  @Test
  void stop_interrupts_the_retry_delay() {
    try (OrderImport orders = OrderImport.of(write(file(1)), FileFormat.NDJSON, null)) {
      server.respondWith(batch -> {
        orders.stop();
        return new StubReply(503, "");
      });
      assertThat(orders.send(server.address(), null, more -> {}).unsent()).isEqualTo(1);
    }
    assertThat(server.batches()).hasSize(1);
  }

  @Test
  void imports_a_file_in_utf_16() throws IOException {
    Path orders = folder.resolve("utf16.ndjson");
    Files.write(orders, ("\uFEFF" + file(3)).getBytes(StandardCharsets.UTF_16LE));

    try (OrderImport imported = OrderImport.of(orders, FileFormat.NDJSON, null)) {
      assertThat(imported.resultsPath()).isEqualTo(folder.resolve("utf16.ndjson.results.ndjson"));
      assertThat(imported.send(server.address(), null, more -> {}).placed()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n[{\"key\":\"k1\"}, {\"key\":\"k2\"}]",
        "{\n  \"key\": \"k1\"\n}\n{\n  \"key\": \"k2\"\n}\n"
      })
  void imports_json_over_several_lines(String content) throws IOException {
    try (OrderImport imported = OrderImport.of(write(content), FileFormat.NDJSON, null)) {
      assertThat(imported.send(server.address(), null, more -> {}).placed()).isEqualTo(2);
    }
  }

  @Test
  void imports_from_standard_input() throws IOException {
    Path results = folder.resolve("results");
    try (OrderImport orders =
        OrderImport.of(
            new ByteArrayInputStream(file(3).getBytes(StandardCharsets.UTF_8)),
            FileFormat.NDJSON,
            results)) {
      assertThat(orders.pendingOrders()).isEqualTo(3);
      assertThat(orders.send(server.address(), null, more -> {}).placed()).isEqualTo(3);
    }
    assertThat(Files.readString(results)).startsWith("{\"file\":\"stdin-");
  }

  @Test
  void same_file_content_generates_the_same_keys() throws IOException {
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
  void empty_file_places_nothing() {
    assertThat(run("\n")).isEqualTo(new ImportReport(0, 0, 0, 0, List.of(), null));
  }

  @Test
  void rejects_missing_file() {
    assertThatThrownBy(() -> OrderImport.of(folder.resolve("none"), FileFormat.CSV, null))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageStartingWith("file not found: ");
  }

  @Test
  void report_limits_the_number_of_rejection_reasons() {
    server.respondWith(batch ->
        batch.each(key ->
            """
            {"key":"%1$s","status":400,"problem":{"code":"invalid_request","detail":"No.",\
            "errors":[{"pointer":"/lines/7/%1$s","code":"unknown_field","detail":"%1$s"}]}}\
            """
                .formatted(key)));

    ImportReport report = run(file(1_000));

    assertThat(report.reasons()).hasSize(51);
    assertThat(report.reasons().getFirst().name()).isEqualTo("invalid_request");
    assertThat(report.reasons().getFirst().count()).isEqualTo(950);
    assertThat(report.reasons().get(1).name()).startsWith("invalid_request /lines/*/k");
  }

  private int sent() {
    return server.batches().stream().mapToInt(List::size).sum();
  }

  private ImportReport run(String content) {
    return run(content, new AtomicLong());
  }

  private ImportReport run(String content, AtomicLong progress) {
    try (OrderImport orders = OrderImport.of(write(content), FileFormat.NDJSON, null)) {
      return orders.send(server.address(), "kak_42", progress::addAndGet);
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
