import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs google-java-format over all Java sources: {@code check} prints the unformatted files and
 * fails, {@code fix} formats them.
 */
final class SourceFormat {

  public static void main(String[] arguments) throws IOException {
    List<String> options = new ArrayList<>();
    switch (String.join(" ", arguments)) {
      case "check" -> options.addAll(List.of("--dry-run", "--set-exit-if-changed"));
      case "fix" -> options.add("--replace");
      default -> throw new IllegalArgumentException("expected check or fix");
    }
    try (Stream<Path> files = Files.walk(Path.of(""))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().matches("(.*/)?(target|data|\\..*)/.*"))
          .map(Path::toString)
          .sorted()
          .forEach(options::add);
    }
    com.google.googlejavaformat.java.Main.main(options.toArray(String[]::new));
  }
}
