package kassa.bootstrap.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages of all modules, the number of their top-level types, and the packages that each
 * uses.
 *
 * @param typesByPackage the number of top-level types by package
 * @param uses the packages that each package uses
 */
record PackageGraph(
    SortedMap<String, Integer> typesByPackage, SortedMap<String, SortedSet<String>> uses) {

  static PackageGraph of(JavaClasses classes) {
    SortedMap<String, Integer> types = new TreeMap<>();
    SortedMap<String, SortedSet<String>> uses = new TreeMap<>();
    Set<String> known = classes.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    classes.stream()
        .filter(PackageGraph::isType)
        .forEach(type -> {
          types.merge(type.getPackageName(), type.isTopLevelClass() ? 1 : 0, Integer::sum);
          uses.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>())
              .addAll(usedPackages(type, known));
        });
    return new PackageGraph(types, uses);
  }

  /** A Mermaid chart of the modules and of the modules that each requires. */
  String modulesAsMermaid(List<String> modules) {
    SortedMap<String, SortedSet<String>> edges = new TreeMap<>();
    uses.forEach((from, targets) ->
        targets.forEach(to -> {
          String user = moduleOf(from, modules);
          String used = moduleOf(to, modules);
          if (!user.equals(used)) {
            edges.computeIfAbsent(user, name -> new TreeSet<>()).add(used);
          }
        }));
    return chart("", modules, edges);
  }

  /** A Mermaid chart of the packages of a module. */
  String packagesAsMermaid(String module, List<String> modules) {
    List<String> packages =
        typesByPackage.keySet().stream()
            .filter(name -> moduleOf(name, modules).equals(module))
            .toList();
    SortedMap<String, SortedSet<String>> edges = new TreeMap<>();
    for (String name : packages) {
      SortedSet<String> inside = new TreeSet<>(uses.getOrDefault(name, new TreeSet<>()));
      inside.retainAll(packages);
      edges.put(name, inside);
    }
    return chart(module, packages, edges);
  }

  private String chart(
      String module, List<String> nodes, SortedMap<String, SortedSet<String>> edges) {
    Stream<String> lines =
        Stream.concat(
            nodes.stream().map(node -> "  %s[\"%s\"]\n".formatted(id(node), label(module, node))),
            withoutTransitive(edges).entrySet().stream()
                .flatMap(entry ->
                    entry.getValue().stream()
                        .map(to -> "  %s --> %s\n".formatted(id(entry.getKey()), id(to)))));
    return "```mermaid\nflowchart TB\n" + lines.collect(Collectors.joining()) + "```\n";
  }

  /** The label of a module is its name; that of a package is its name without the module's. */
  private String label(String module, String node) {
    if (module.isEmpty()) {
      return node;
    }
    String name = node.equals(module) ? node : node.substring(module.length() + 1);
    return name + " (" + typesByPackage.get(node) + ")";
  }

  private static String id(String node) {
    return node.replace('.', '_');
  }

  /** Leaves out an edge where another path leads to the same node. */
  private static SortedMap<String, SortedSet<String>> withoutTransitive(
      SortedMap<String, SortedSet<String>> edges) {
    SortedMap<String, SortedSet<String>> reduced = new TreeMap<>();
    edges.forEach((from, targets) -> {
      SortedSet<String> direct = new TreeSet<>(targets);
      for (String target : targets) {
        direct.removeAll(reachable(target, edges, new TreeSet<>()));
      }
      reduced.put(from, direct);
    });
    return reduced;
  }

  private static SortedSet<String> reachable(
      String from, Map<String, SortedSet<String>> edges, SortedSet<String> found) {
    for (String next : edges.getOrDefault(from, new TreeSet<>())) {
      if (found.add(next)) {
        reachable(next, edges, found);
      }
    }
    return found;
  }

  private static Set<String> usedPackages(JavaClass type, Set<String> known) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(target -> target.getBaseComponentType().getPackageName())
        .filter(known::contains)
        .filter(name -> !name.equals(type.getPackageName()))
        .collect(Collectors.toSet());
  }

  private static String moduleOf(String name, List<String> modules) {
    return modules.stream()
        .filter(module -> (name + ".").startsWith(module + "."))
        .max(Comparator.comparingInt(String::length))
        .orElseThrow();
  }

  private static boolean isType(JavaClass type) {
    return !type.getSimpleName().equals("package-info")
        && !type.getSimpleName().equals("module-info");
  }
}
