package kassa.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules of Kassa that this Java runtime has loaded, from folders or jars. */
final class KassaModules {

  private KassaModules() {}

  /** The classes of all modules, without test classes. */
  static JavaClasses classes() {
    return new ClassFileImporter().importLocations(locations().map(Location::of).toList());
  }

  /** The module descriptors, sorted by name. */
  static List<ModuleDescriptor> descriptors() {
    return locations()
        .map(location -> ModuleFinder.of(Path.of(location)).findAll())
        .flatMap(Set::stream)
        .map(ModuleReference::descriptor)
        .sorted(Comparator.comparing(ModuleDescriptor::name))
        .toList();
  }

  /** The packages that the modules of the adapters export, without {@code kassa.}. */
  static Set<String> exportedAdapterPackages() {
    return descriptors().stream()
        .filter(module -> module.name().startsWith("kassa.adapters."))
        .flatMap(module -> module.exports().stream())
        .map(exports -> exports.source().substring("kassa.".length()))
        .collect(Collectors.toUnmodifiableSet());
  }

  static boolean isAutomatic(String module) {
    return ModuleLayer.boot()
        .findModule(module)
        .map(found -> found.getDescriptor().isAutomatic())
        .orElse(false);
  }

  private static Stream<URI> locations() {
    return ModuleLayer.boot().configuration().modules().stream()
        .filter(module -> module.name().startsWith("kassa."))
        .map(ResolvedModule::reference)
        .map(reference -> reference.location().orElseThrow());
  }
}
