package kassa.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import kassa.client.ImportReport;
import kassa.client.ImportReport.RejectionReason;
import org.junit.jupiter.api.Test;

class ImportCommandTest {

  @Test
  void report_escapes_control_characters_of_the_file_and_the_server() {
    RejectionReason reason =
        new RejectionReason("code\u001b[2J", 2, List.of(1, 3), "first\nsecond\u202e");

    String text =
        ImportCommand.formatReport(
            new ImportReport(2, 0, 0, 2, List.of(reason), null), Path.of("a\u0007b"));

    assertThat(text.lines())
        .containsExactly(
            "         2 in the file",
            "         0 placed",
            "         0 already placed",
            "         2 rejected",
            "             2 code\\u001b[2J: first\\u000asecond\\u202e",
            "               lines 1, 3",
            "Results: a\\u0007b");
  }

  @Test
  void report_shortens_long_reasons() {
    RejectionReason reason = new RejectionReason("code", 1, List.of(1), "x".repeat(1_000));

    assertThat(
            ImportCommand.formatReport(
                new ImportReport(1, 0, 0, 1, List.of(reason), null), Path.of("results")))
        .contains("code: " + "x".repeat(500) + "...\n");
  }
}
