package kassa.bootstrap.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param path relative to the root of the project
 * @param text its content
 */
record MarkdownPage(Path path, String text) {

  /** Maven runs the tests of a module in its folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  /** A code block: its language, and its lines. */
  record Block(String language, String content) {}

  static MarkdownPage read(String path) {
    Path relative = Path.of(path);
    return new MarkdownPage(relative, readFile(ROOT.resolve(relative)));
  }

  /** Every page of the project, sorted by path. */
  static List<MarkdownPage> all() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .map(ROOT::relativize)
          .filter(file ->
              file.toString().matches("[A-Z]+\\.md|(docs|bench)/.*\\.md|clients/README\\.md"))
          .sorted()
          .map(file -> read(file.toString()))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Path root() {
    return ROOT;
  }

  /** The code blocks in their order. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  /** The targets of all links outside code blocks. */
  List<String> links() {
    Matcher matcher = LINK.matcher(BLOCK.matcher(text).replaceAll(""));
    List<String> links = new ArrayList<>();
    while (matcher.find()) {
      links.add(matcher.group(1));
    }
    return links;
  }

  /** The anchors of all headings, as code hosts make them. */
  List<String> anchors() {
    List<String> anchors = new ArrayList<>();
    Matcher matcher = HEADING.matcher(BLOCK.matcher(text).replaceAll(""));
    while (matcher.find()) {
      anchors.add(
          matcher
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .strip()
              .replace(' ', '-'));
    }
    return anchors;
  }

  /**
   * The rows of the tables whose first column has this heading, without the heading.
   *
   * @param heading of the first column
   */
  List<List<String>> rows(String heading) {
    List<List<String>> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : text.lines().toList()) {
      if (!line.startsWith("|")) {
        inside = false;
      } else if (cells(line).getFirst().equals(heading)) {
        inside = true;
      } else if (inside && !line.startsWith("|-") && !line.startsWith("| -")) {
        rows.add(cells(line));
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    String[] cells = line.replaceAll("^\\||\\|\\s*$", "").split("(?<!\\\\)\\|", -1);
    return Arrays.stream(cells).map(String::strip).toList();
  }

  private static String readFile(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
