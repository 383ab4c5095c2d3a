package kassa.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportResultsFileTest {

  private static final ImportOutcome PLACED = new ImportOutcome.Placed("ord_1", 17, false);
  private static final ImportOutcome REJECTED =
      new ImportOutcome.Rejected(
          422,
          new ProblemDetail(
              "invalid_value",
              "Look.",
              List.of(
                  new ProblemDetail.Violation("/lines/0/sku", "malformed", "sku must be plain"))));

  @TempDir private Path folder;
  private Path path;
  private OrderFile orders;

  @BeforeEach
  void open() throws IOException {
    path = folder.resolve("results");
    orders = OrderFile.open(Files.writeString(folder.resolve("o.ndjson"), "{}"), FileFormat.NDJSON);
  }

  @AfterEach
  void close() throws IOException {
    orders.close();
  }

  @Test
  void writes_one_result_line_per_order() throws IOException {
    appendResult(3, PLACED);
    appendResult(4, REJECTED);

    assertThat(path)
        .hasContent(
            """
            {"file":"o.ndjson","sha256":"%s"}
            {"line":3,"key":"k","status":201,"replayed":false,"id":"ord_1","number":17}
            {"line":4,"key":"k","status":422,"problem":{"code":"invalid_value","detail":"Look.",\
            "errors":[{"pointer":"/lines/0/sku","code":"malformed","detail":"sku must be plain"}]}}
            """
                .formatted(orders.digest()));
  }

  @Test
  void next_run_reads_which_orders_were_placed() throws IOException {
    appendResult(3, PLACED);
    appendResult(4, REJECTED);
    appendResult(5, REJECTED);
    appendResult(5, PLACED);

    try (ImportResultsFile again = ImportResultsFile.open(path, orders)) {
      assertThat(again.previouslyPlaced()).isEqualTo(2);
      assertThat(List.of(again.isPlaced(3), again.isPlaced(4), again.isPlaced(5)))
          .containsExactly(true, false, true);
    }
  }

  @Test
  void truncates_incomplete_last_line_of_a_killed_process() throws IOException {
    appendResult(3, PLACED);
    String whole = Files.readString(path);
    Files.writeString(path, "{\"line\":4,\"key\":\"k\",\"sta", StandardOpenOption.APPEND);

    try (ImportResultsFile again = ImportResultsFile.open(path, orders)) {
      assertThat(again.isPlaced(4)).isFalse();
      assertThat(path).content().isEqualTo(whole);
    }
    appendResult(5, PLACED);
    assertThat(path)
        .content()
        .isEqualTo(whole + whole.lines().toList().getLast().replace(":3,", ":5,") + "\n");
  }

  @Test
  void rejects_results_of_another_order_file() throws IOException {
    appendResult(3, PLACED);
    String before = Files.readString(path);
    Files.writeString(folder.resolve("o.ndjson"), "{} ");

    try (OrderFile other = OrderFile.open(folder.resolve("o.ndjson"), FileFormat.NDJSON)) {
      assertThatThrownBy(() -> ImportResultsFile.open(path, other))
          .isInstanceOf(InvalidFileException.class)
          .hasMessageContaining("another content of o.ndjson");
    }
    assertThat(path).hasContent(before);
  }

  @Test
  void rejects_other_files_without_changing_them() throws IOException {
    for (String text : List.of("{}\n", "hello\n", "\n", "torn", "{\"line\":1,\"status\":201}\n")) {
      Files.writeString(path, text);
      assertThatThrownBy(() -> ImportResultsFile.open(path, orders))
          .isInstanceOf(InvalidFileException.class)
          .hasMessageContaining("line 1: is not a result");
      assertThat(Files.readString(path)).isEqualTo(text);
    }
    Files.writeString(path, "{\"sha256\":\"" + orders.digest() + "\"}\nhello\n");
    assertThatThrownBy(() -> ImportResultsFile.open(path, orders))
        .hasMessageContaining("line 2: is not a result");
  }

  @Test
  void is_locked_by_one_import_at_a_time() throws IOException {
    try (ImportResultsFile first = ImportResultsFile.open(path, orders)) {
      assertThat(first.previouslyPlaced()).isZero();
      assertThatThrownBy(() -> ImportResultsFile.open(path, orders))
          .hasMessageContaining("another import");
    }
    appendResult(3, PLACED);
  }

  private void appendResult(int line, ImportOutcome outcome) throws IOException {
    try (ImportResultsFile results = ImportResultsFile.open(path, orders)) {
      results.append(line, "k", outcome);
    }
  }
}
