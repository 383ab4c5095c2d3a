package kassa.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The state of the house, for people. */
final class ArchitectureReport {

  private ArchitectureReport() {}

  /** The classes of a layer, without the descriptions of its packages. */
  static List<JavaClass> classesOf(Layer layer, JavaClasses classes) {
    return classes.stream()
        .filter(layer.under("kassa"))
        .filter(type -> !type.getSimpleName().equals("package-info"))
        .toList();
  }

  static String of(JavaClasses classes) throws IOException {
    List<String> lines = new ArrayList<>(List.of("", "Architecture of kassa", "", "Rules"));
    for (ArchitectureRules.NamedRule rule : ArchitectureRules.all("kassa")) {
      List<String> violations = rule.violations(classes);
      String state = violations.isEmpty() ? "ok" : violations.size() + " broken";
      lines.add(line(state, rule.words()));
      violations.forEach(violation -> lines.add(line("", "  " + violation)));
    }
    lines.addAll(List.of("", "Classes"));
    for (Layer layer : Layer.values()) {
      lines.add(line(Integer.toString(classesOf(layer, classes).size()), layer.title()));
    }
    boolean documented = ArchitectureDocument.current().equals(ArchitectureDocument.expected());
    lines.addAll(List.of("", "Generated sections of docs/architecture.md"));
    lines.add(
        documented
            ? line("ok", "")
            : line("stale", "renew by: " + ArchitectureDocument.RENEW_COMMAND));
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(String state, String what) {
    return "  %9s  %s".formatted(state, what).stripTrailing();
  }
}
