package kassa.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that {@code docs/security.md} names are there. */
class SecurityDocumentTest {

  /** Surefire runs the tests of a module in its folder. */
  private static final Path ROOT = Path.of("..");

  /** Behind a class, {@code #method} alone is another one of the same. */
  private static final Pattern TEST_REFERENCE =
      Pattern.compile("`([A-Z][A-Za-z0-9]+)?#([a-z_0-9A-Z]+)`");

  @Test
  void every_test_named_in_the_security_document_exists() throws IOException {
    Matcher named =
        TEST_REFERENCE.matcher(Files.readString(ROOT.resolve("docs").resolve("security.md")));
    List<String> missing = new ArrayList<>();
    String type = "";
    int count = 0;
    while (named.find()) {
      type = named.group(1) == null ? type : named.group(1);
      if (!sources(type).contains("void " + named.group(2) + "(")) {
        missing.add(type + "#" + named.group(2));
      }
      count++;
    }

    assertThat(missing).isEmpty();
    assertThat(count).isGreaterThan(30);
  }

  /** All classes of this name: some modules have one of the same. */
  private static String sources(String type) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.endsWith(type + ".java") && file.toString().contains("src/test/"))
          .map(SecurityDocumentTest::read)
          .collect(Collectors.joining());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
