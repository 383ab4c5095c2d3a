package kassa.bootstrap.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kassa.bootstrap.docs.DocumentationExamples;
import kassa.bootstrap.docs.DocumentationExamples.Example;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the {@code sh} blocks of each page in one shell, against a new server, and compares what
 * they print with the blocks that follow them.
 */
@Order(6)
@Timeout(600)
class DocumentationExamplesIT {

  private static final String SEPARATOR = "=== end of example ===";

  @TempDir Path folder;

  static List<String> pages() {
    return DocumentationExamples.pages();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void examples_print_what_the_page_shows(String page) throws Exception {
    List<Example> examples = DocumentationExamples.of(page);
    try (KassaProcess server = KassaProcess.startServer(folder)) {
      List<String> printed = run(examples, server);

      List<String> differences = new ArrayList<>();
      for (int i = 0; i < examples.size(); i++) {
        differences.addAll(examples.get(i).differences(i < printed.size() ? printed.get(i) : ""));
      }
      assertThat(differences).isEmpty();
    }
  }

  private List<String> run(List<Example> examples, KassaProcess server) throws Exception {
    Path launcher = folder.resolve("kassa");
    Files.writeString(launcher, "#!/bin/sh\nexec '" + KassaProcess.launcher() + "' \"$@\"\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    StringBuilder script = new StringBuilder();
    for (Example example : examples) {
      script
          .append(example.commands().replace("http://127.0.0.1:8080", server.address()))
          .append("\nprintf '\\n%s\\n' '" + SEPARATOR + "'\n");
    }
    Path scriptFile = Files.writeString(folder.resolve("examples.sh"), script);
    Path out = folder.resolve("examples.out");
    ProcessBuilder shell =
        new ProcessBuilder("bash", scriptFile.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    shell.environment().keySet().removeIf(name -> name.startsWith("KASSA_"));
    shell.environment().put("KASSA_JAVA_OPTS", KassaProcess.JAVA_OPTS);
    shell.environment().put("KASSA_WARM_UP", "0");
    Process process = shell.start();
    if (!process.waitFor(300, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    String printed = Files.readString(out, StandardCharsets.UTF_8);
    return List.of(printed.split("\n" + SEPARATOR + "\n", -1));
  }
}
