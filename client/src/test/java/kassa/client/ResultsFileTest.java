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

class ResultsFileTest {

  private static final Outcome PLACED = new Outcome.Placed("ord_1", 17, false);
  private static final Outcome REFUSED =
      new Outcome.Refused(
          422,
          new Problem(
              "invalid_value",
              "Look.",
              List.of(new Problem.Flaw("/lines/0/sku", "malformed", "sku must be plain"))));

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
  void says_a_line_an_order_what_became_of_it() throws IOException {
    keep(3, PLACED);
    keep(4, REFUSED);

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
  void knows_on_the_next_run_what_was_placed() throws IOException {
    keep(3, PLACED);
    keep(4, REFUSED);
    keep(5, REFUSED);
    keep(5, PLACED);

    try (ResultsFile again = ResultsFile.open(path, orders)) {
      assertThat(again.placedBefore()).isEqualTo(2);
      assertThat(List.of(again.isPlaced(3), again.isPlaced(4), again.isPlaced(5)))
          .containsExactly(true, false, true);
    }
  }

  @Test
  void cuts_off_a_line_that_a_killed_process_left_unfinished() throws IOException {
    keep(3, PLACED);
    String whole = Files.readString(path);
    Files.writeString(path, "{\"line\":4,\"key\":\"k\",\"sta", StandardOpenOption.APPEND);

    try (ResultsFile again = ResultsFile.open(path, orders)) {
      assertThat(again.isPlaced(4)).isFalse();
      assertThat(path).content().isEqualTo(whole);
    }
    keep(5, PLACED);
    assertThat(path)
        .content()
        .isEqualTo(whole + whole.lines().toList().getLast().replace(":3,", ":5,") + "\n");
  }

  @Test
  void refuses_results_of_another_content() throws IOException {
    keep(3, PLACED);
    String before = Files.readString(path);
    Files.writeString(folder.resolve("o.ndjson"), "{} ");

    try (OrderFile other = OrderFile.open(folder.resolve("o.ndjson"), FileFormat.NDJSON)) {
      assertThatThrownBy(() -> ResultsFile.open(path, other))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContaining("another content of o.ndjson");
    }
    assertThat(path).hasContent(before);
  }

  @Test
  void touches_no_file_that_is_anything_else() throws IOException {
    for (String text : List.of("{}\n", "hello\n", "\n", "torn", "{\"line\":1,\"status\":201}\n")) {
      Files.writeString(path, text);
      assertThatThrownBy(() -> ResultsFile.open(path, orders))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContaining("line 1: is no result");
      assertThat(Files.readString(path)).isEqualTo(text);
    }
    Files.writeString(path, "{\"sha256\":\"" + orders.digest() + "\"}\nhello\n");
    assertThatThrownBy(() -> ResultsFile.open(path, orders))
        .hasMessageContaining("line 2: is no result");
  }

  @Test
  void is_open_to_one_import_at_a_time() throws IOException {
    try (ResultsFile first = ResultsFile.open(path, orders)) {
      assertThat(first.placedBefore()).isZero();
      assertThatThrownBy(() -> ResultsFile.open(path, orders))
          .hasMessageContaining("another import");
    }
    keep(3, PLACED);
  }

  private void keep(int line, Outcome outcome) throws IOException {
    try (ResultsFile results = ResultsFile.open(path, orders)) {
      results.add(line, "k", outcome);
    }
  }
}
