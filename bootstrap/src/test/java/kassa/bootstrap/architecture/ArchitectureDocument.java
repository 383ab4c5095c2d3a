package kassa.bootstrap.architecture;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/architecture.md}: prose, and sections that are generated from code. */
final class ArchitectureDocument {

  /** The command that generates the sections again. */
  static final String RENEW_COMMAND =
      "mvn -pl bootstrap -am test -Dgroups=architecture -Dkassa.architecture.renew=true";

  /** Surefire runs the tests of a module in its folder. */
  private static final Path FILE = Path.of("..", "docs", "architecture.md");

  private static final PackageGraph GRAPH = PackageGraph.of(KassaModules.classes());

  private ArchitectureDocument() {}

  static String current() throws IOException {
    return Files.readString(FILE);
  }

  /** The document with its sections generated from the present code. */
  static String expected() throws IOException {
    String text = current();
    text = withSection(text, "layers", layers());
    text = withSection(text, "module picture", modulePicture());
    text = withSection(text, "package pictures", packagePictures());
    text = withSection(text, "rules", rules());
    return withSection(text, "modules", modules());
  }

  static void renew() throws IOException {
    Files.writeString(FILE, expected());
  }

  private static String withSection(String text, String name, String content) {
    String begin = "<!-- begin generated: " + name + " -->\n";
    String end = "<!-- end generated: " + name + " -->\n";
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalStateException(FILE + " has no section " + name + " between its markers");
    }
    return text.substring(0, from + begin.length()) + content + text.substring(to);
  }

  private static String layers() {
    return table("| layer | content | packages under `kassa.` | used by |")
        + Arrays.stream(Layer.values())
            .map(ArchitectureDocument::row)
            .collect(Collectors.joining());
  }

  private static String row(Layer layer) {
    String knownBy =
        layer.allowedAccessors().isEmpty()
            ? "none"
            : layer.allowedAccessors().stream().map(Layer::title).collect(Collectors.joining(", "));
    return "| %s | %s | `%s` | %s |\n"
        .formatted(layer.title(), layer.content(), layer.packages(), knownBy);
  }

  private static String modulePicture() {
    return "\n" + GRAPH.modulesAsMermaid(moduleNames());
  }

  private static String packagePictures() {
    return moduleNames().stream()
        .map(
            module -> "\n### `" + module + "`\n\n" + GRAPH.packagesAsMermaid(module, moduleNames()))
        .collect(Collectors.joining());
  }

  private static List<String> moduleNames() {
    return KassaModules.descriptors().stream().map(ModuleDescriptor::name).toList();
  }

  private static String rules() {
    return table("| rule | requirement and reason |")
        + ArchitectureRules.all("kassa").stream()
            .map(rule ->
                "| %s | %s |\n".formatted(rule.words(), sentence(rule.rule().getDescription())))
            .collect(Collectors.joining());
  }

  private static String sentence(String description) {
    return description.substring(0, 1).toUpperCase(Locale.ROOT) + description.substring(1) + ".";
  }

  private static String modules() {
    return table("| module | directive | value |")
        + KassaModules.descriptors().stream()
            .map(ArchitectureDocument::rows)
            .collect(Collectors.joining());
  }

  private static String rows(ModuleDescriptor module) {
    return Stream.of(
            module.requires().stream()
                .filter(ArchitectureDocument::isWritten)
                .map(ArchitectureDocument::requires),
            module.exports().stream()
                .map(exports -> "exports | " + exports.source() + to(exports.targets())),
            module.opens().stream().map(opens -> "opens | " + opens.source() + to(opens.targets())),
            module.uses().stream().map(service -> "uses | " + service),
            module.provides().stream()
                .map(provides ->
                    "provides | "
                        + provides.service()
                        + " with "
                        + String.join(", ", provides.providers())))
        .flatMap(directives -> directives.sorted())
        .map(directive -> "| %s | %s |\n".formatted(module.name(), directive))
        .collect(Collectors.joining());
  }

  private static boolean isWritten(ModuleDescriptor.Requires requires) {
    return !requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.MANDATED);
  }

  private static String requires(ModuleDescriptor.Requires requires) {
    String modifiers =
        requires.modifiers().stream()
            .map(modifier -> modifier.name().toLowerCase(Locale.ROOT) + " ")
            .sorted()
            .collect(Collectors.joining());
    String note = KassaModules.isAutomatic(requires.name()) ? " (automatic)" : "";
    return "requires | " + modifiers + requires.name() + note;
  }

  private static String to(Set<String> targets) {
    return targets.isEmpty() ? "" : " to " + String.join(", ", targets.stream().sorted().toList());
  }

  private static String table(String head) {
    return "\n" + head + "\n" + head.replaceAll("[^|]+", " --- ") + "\n";
  }
}
