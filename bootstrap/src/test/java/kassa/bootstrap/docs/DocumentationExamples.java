package kassa.bootstrap.docs;

import java.util.ArrayList;
import java.util.List;
import kassa.bootstrap.docs.MarkdownPage.Block;

/** The examples of the documentation: {@code sh} blocks, each with the output that follows it. */
public final class DocumentationExamples {

  private DocumentationExamples() {}

  /**
   * The commands of an {@code sh} block.
   *
   * @param page the page that shows them
   * @param commands for a shell
   * @param language of the expected output: {@code json}, {@code text}, or empty if none is shown
   * @param expected the expected output
   */
  public record Example(String page, String commands, String language, String expected) {

    /** How the output differs from the expected one. */
    public List<String> differences(String output) {
      List<String> differences =
          switch (language) {
            case "json" -> ExpectedJson.differences(expected, output);
            case "text" ->
                ExpectedJson.matches(normalize(expected), normalize(output))
                    ? List.of()
                    : List.of("expected:\n" + expected + "found:\n" + output);
            default -> List.of();
          };
      return differences.stream().map(found -> page + ": " + commands + " -> " + found).toList();
    }

    private static String normalize(String text) {
      return text.replace("\r", "").strip();
    }
  }

  /** The pages that have examples. */
  public static List<String> pages() {
    return MarkdownPage.all().stream()
        .filter(page -> page.blocks().stream().anyMatch(block -> block.language().equals("sh")))
        .map(MarkdownPage::toString)
        .toList();
  }

  /** The examples of a page, in their order. */
  public static List<Example> of(String page) {
    List<Block> blocks = MarkdownPage.read(page).blocks();
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      if (!blocks.get(i).language().equals("sh")) {
        continue;
      }
      Block next = i + 1 < blocks.size() ? blocks.get(i + 1) : new Block("", "");
      boolean isOutput = next.language().equals("json") || next.language().equals("text");
      examples.add(
          new Example(
              page,
              blocks.get(i).content(),
              isOutput ? next.language() : "",
              isOutput ? next.content() : ""));
    }
    return examples;
  }
}
