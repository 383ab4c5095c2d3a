package kassa.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kassa.bootstrap.cli.CommandLineParser;
import kassa.bootstrap.config.Setting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation names what exists: files, headings, tests, settings, commands. */
class DocumentationTest {

  private static final List<String> DECISION_HEADINGS =
      List.of("## Context", "## Options", "## Decision", "## Consequences", "## Confirmation");

  /** {@code `SomeTest.some_method`}, {@code `SomeTest#some_method`}, or {@code `#some_method`}. */
  private static final Pattern TEST_REFERENCE =
      Pattern.compile("`(?:([A-Z][A-Za-z0-9]+(?:Test|IT|Contract))(?:[.#](\\w+))?|#(\\w+))`");

  private static final Pattern SETTING = Pattern.compile("\\bKASSA_[A-Z_]+\\b");

  private static final Pattern SUPERCLASS = Pattern.compile("\\bclass \\w+ extends (\\w+)");

  private static final Map<String, String> TESTS = testSources();

  static List<MarkdownPage> pages() {
    return MarkdownPage.all();
  }

  static List<MarkdownPage> decisions() {
    return pages().stream()
        .filter(page -> page.toString().matches("docs/decisions/\\d{4}-.*"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void links_lead_to_existing_files_and_headings(MarkdownPage page) {
    List<String> broken = new ArrayList<>();
    for (String link : page.links()) {
      if (!link.contains(":") && !exists(page, link)) {
        broken.add(link);
      }
    }

    assertThat(broken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void named_tests_exist(MarkdownPage page) {
    List<String> missing = new ArrayList<>();
    Matcher reference = TEST_REFERENCE.matcher(page.text());
    String type = "";
    while (reference.find()) {
      type = reference.group(1) == null ? type : reference.group(1);
      String method = reference.group(3) == null ? reference.group(2) : reference.group(3);
      if (!hasTest(type, method)) {
        missing.add(reference.group());
      }
    }

    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void named_settings_exist(MarkdownPage page) {
    Set<String> named = new TreeSet<>();
    Matcher names = SETTING.matcher(page.text());
    while (names.find()) {
      named.add(names.group());
    }
    for (Setting setting : Setting.values()) {
      named.remove(setting.environmentVariable());
    }

    assertThat(named).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void decision_records_have_one_format_and_are_in_the_index(MarkdownPage decision) {
    assertThat(decision.text().lines().filter(DECISION_HEADINGS::contains).toList())
        .isEqualTo(DECISION_HEADINGS);
    assertThat(decision.text())
        .startsWith("# " + decision.path().getFileName().toString().substring(0, 4) + ". ")
        .containsPattern("(?m)^Status: (Accepted|Superseded by \\[)");
    assertThat(MarkdownPage.read("docs/decisions/README.md").links())
        .contains(decision.path().getFileName().toString());
  }

  @Test
  void the_index_links_every_page_of_the_documentation() {
    List<String> links = MarkdownPage.read("docs/README.md").links();

    assertThat(pages())
        .filteredOn(page -> page.toString().startsWith("docs/"))
        .filteredOn(page -> !page.toString().startsWith("docs/decisions/0"))
        .filteredOn(page -> !page.toString().equals("docs/README.md"))
        .allSatisfy(page ->
            assertThat(links)
                .anyMatch(link ->
                    link.replaceAll("#.*", "")
                        .equals(page.toString().substring("docs/".length()))));
  }

  @Test
  void the_readme_has_at_most_600_words() {
    String prose =
        MarkdownPage.read("README.md")
            .text()
            .replaceAll("(?ms)^```.*?^```$", " ")
            .replaceAll("\\]\\([^)]*\\)", " ");

    assertThat(Pattern.compile("\\p{L}[\\p{L}\\p{N}'-]*").matcher(prose).results().count())
        .isLessThanOrEqualTo(600);
  }

  @Test
  void the_settings_reference_lists_every_setting_with_its_default() {
    List<List<String>> rows =
        Stream.of(Setting.values())
            .map(setting ->
                List.of(
                    "`" + setting.environmentVariable() + "`",
                    setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`"))
            .toList();

    assertThat(MarkdownPage.read("docs/reference/settings.md").rows("name"))
        .extracting(row -> row.subList(0, 2))
        .containsExactlyElementsOf(rows);
  }

  @Test
  void the_command_reference_lists_every_command_and_flag_of_the_help() {
    MarkdownPage page = MarkdownPage.read("docs/reference/commands.md");
    Set<String> commands =
        page.rows("command").stream()
            .map(List::getFirst)
            .filter(cell -> cell.startsWith("`./kassa"))
            .map(cell -> cell.replaceAll("`\\./kassa ?(\\S*?)[ `].*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> flags =
        page.rows("command").stream()
            .filter(row -> row.get(1).startsWith("`--"))
            .map(row -> row.get(1).replaceAll("`(--[a-z]+).*", "$1"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(commands).isEqualTo(commandsOfHelp());
    assertThat(flags).isEqualTo(flagsOfHelp());
  }

  private static Set<String> commandsOfHelp() {
    Set<String> commands = new TreeSet<>(subcommands());
    commands.addAll(List.of("", "--help", "--version"));
    return commands;
  }

  private static List<String> subcommands() {
    return help("--help")
        .lines()
        .dropWhile(line -> !line.equals("Commands:"))
        .map(Pattern.compile("^  ([a-z]+) .*")::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .toList();
  }

  private static Set<String> flagsOfHelp() {
    return subcommands().stream()
        .flatMap(command -> help(command, "--help").lines())
        .map(Pattern.compile("^ +(--[a-z]+).*")::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String help(String... arguments) {
    return CommandLineParser.parse(List.of(arguments), "1").operands().getFirst();
  }

  private static boolean exists(MarkdownPage page, String link) {
    String[] parts = link.split("#", 2);
    Path file = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]).normalize();
    if (!Files.exists(MarkdownPage.root().resolve(file))) {
      return false;
    }
    return parts.length == 1 || MarkdownPage.read(file.toString()).anchors().contains(parts[1]);
  }

  private static boolean hasTest(String type, @Nullable String method) {
    String source = TESTS.getOrDefault(type, "");
    if (method == null || source.contains(" " + method + "(")) {
      return !source.isEmpty();
    }
    Matcher parent = SUPERCLASS.matcher(source);
    return parent.find() && hasTest(parent.group(1), method);
  }

  /** The sources of all test classes by name; classes of one name are joined. */
  private static Map<String, String> testSources() {
    try (Stream<Path> files = Files.walk(MarkdownPage.root())) {
      return files
          .filter(file -> file.toString().matches(".*/src/test/java/.*\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  DocumentationTest::read,
                  (one, other) -> one + other));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
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
