package kassa.adapters.http.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kassa.adapters.http.OpenApiContract;
import kassa.adapters.http.problem.ProblemKind;
import kassa.domain.pricing.SkipReason;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/reference} list what the API has: calls, error codes, reasons. */
class ReferenceDocumentTest {

  /** Maven runs the tests of a module in its folder. */
  private static final Path REFERENCE = Path.of("..", "docs", "reference");

  @Test
  void error_reference_lists_every_problem_with_status_and_title() throws IOException {
    List<String> problems =
        Stream.of(ProblemKind.values())
            .map(kind -> "`%s` %s %s".formatted(kind.code(), kind.status(), kind.title()))
            .toList();

    assertThat(rows("errors.md", "code", 4))
        .extracting(row -> String.join(" ", row.subList(0, 3)))
        .containsExactlyInAnyOrderElementsOf(problems);
  }

  @Test
  void error_reference_lists_every_reason_why_a_rule_does_not_apply() throws IOException {
    List<String> reasons =
        Stream.of(SkipReason.values())
            .map(reason -> "`" + reason.name().toLowerCase(Locale.ROOT) + "`")
            .toList();

    assertThat(rows("errors.md", "reason", 2))
        .extracting(List::getFirst)
        .containsExactlyInAnyOrderElementsOf(reasons);
  }

  @Test
  void error_reference_lists_every_violation_code_of_the_contract() throws IOException {
    List<String> codes = new ArrayList<>();
    OpenApiContract.KASSA
        .document()
        .at("/components/schemas/ViolationCode/enum")
        .forEach(code -> codes.add("`" + code.asString() + "`"));
    List<String> listed = new ArrayList<>();
    rows("errors.md", "code", 2).forEach(row -> listed.add(row.getFirst()));
    rows("errors.md", "reason", 2).forEach(row -> listed.add(row.getFirst()));

    assertThat(codes).isNotEmpty();
    assertThat(listed).containsAll(codes);
  }

  @Test
  void contract_lists_every_problem_code() {
    List<String> codes = new ArrayList<>();
    OpenApiContract.KASSA
        .document()
        .at("/components/schemas/ProblemCode/enum")
        .forEach(code -> codes.add(code.asString()));

    assertThat(codes)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ProblemKind.values()).map(ProblemKind::code).toList());
  }

  @Test
  void call_reference_lists_every_operation_of_the_contract() throws IOException {
    List<String> operations =
        OpenApiContract.KASSA.operations().stream()
            .map(operation ->
                "%s `%s`".formatted(operation.method().toUpperCase(Locale.ROOT), operation.path()))
            .toList();

    assertThat(rows("calls.md", "method", 4))
        .extracting(row -> row.get(0) + " " + row.get(1))
        .containsExactlyInAnyOrderElementsOf(operations);
  }

  /** The rows of all tables of a page that have this first heading and number of columns. */
  private static List<List<String>> rows(String page, String heading, int columns)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(REFERENCE.resolve(page))) {
      List<String> cells =
          Stream.of(line.replaceAll("^\\||\\|\\s*$", "").split("\\|", -1))
              .map(String::strip)
              .toList();
      if (!line.startsWith("|")) {
        inside = false;
      } else if (cells.getFirst().equals(heading)) {
        inside = cells.size() == columns;
      } else if (inside && !cells.getFirst().startsWith("-")) {
        rows.add(cells);
      }
    }
    return rows;
  }
}
