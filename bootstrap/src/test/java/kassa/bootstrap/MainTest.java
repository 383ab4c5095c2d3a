package kassa.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kassa.bootstrap.config.InvalidConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid arguments of commands. Integration tests check how the process reports such an error. */
class MainTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login bob",
        "login a@b.example c@d.example",
        "login --email",
        "password",
        "password bob",
        "password a@b c@d",
        "sql",
        "sql query --rows 0",
        "demo 0",
        "demo many",
        "demo 1000000000",
        "import"
      })
  void rejects_invalid_arguments_with_one_line(String line) {
    assertThat(errorsOf(List.of(line.split(" "))))
        .singleElement()
        .satisfies(error -> assertThat(error).isNotBlank().hasLineCount(1));
  }

  @Test
  void rejects_an_import_that_cannot_be_read_and_changes_nothing() throws Exception {
    Path torn = Files.writeString(folder.resolve("torn.csv"), "order,currency,sku\nA,USD\n");
    Path nameless = Files.writeString(folder.resolve("orders.txt"), "{}\n");
    for (List<String> arguments :
        List.of(
            List.of(torn.toString()),
            List.of(nameless.toString()),
            List.of(folder.resolve("none.csv").toString()),
            List.of(nameless.toString(), "--format", "xml"),
            List.of(nameless.toString(), "--format=ndjson", "--url", "ftp://here"),
            List.of(nameless.toString(), "--format=ndjson", "--results", nameless.toString()))) {
      List<String> command = new ArrayList<>(List.of("import"));
      command.addAll(arguments);

      assertThat(errorsOf(command))
          .as(command.toString())
          .isNotEmpty()
          .allSatisfy(error -> assertThat(error).isNotBlank());
    }
    assertThat(nameless).hasContent("{}");
  }

  private List<String> errorsOf(List<String> command) {
    Path data = folder.resolve("data");
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--data-dir", data.toString()));
    List<String> errors = new ArrayList<>();
    assertThatExceptionOfType(InvalidConfigException.class)
        .as(command.toString())
        .isThrownBy(() -> Main.run(arguments))
        .satisfies(invalid -> errors.addAll(invalid.errors()));
    assertThat(data).doesNotExist();
    return errors;
  }
}
