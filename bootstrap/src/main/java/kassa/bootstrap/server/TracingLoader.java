package kassa.bootstrap.server;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import kassa.application.telemetry.Tracing;
import kassa.application.telemetry.TracingProvider;
import kassa.bootstrap.config.TracingSettings;
import org.jspecify.annotations.Nullable;

/**
 * Loads the module that exports traces, if they are exported, from a folder beside the modules of
 * the program: no other process knows it. See docs/decisions/0182.
 */
final class TracingLoader {

  private static final String MODULE = "kassa.adapters.tracing";
  private static final String FOLDER = "tracing";

  private TracingLoader() {}

  /**
   * Starts the export of traces.
   *
   * @param version the version of the program
   * @return {@code null} if no variable asks for it
   * @throws IllegalStateException if it cannot start
   */
  static @Nullable Tracing start(String version) {
    if (!TracingSettings.isEnabled()) {
      return null;
    }
    Module program = TracingLoader.class.getModule();
    Path folder =
        Optional.ofNullable(program.getLayer())
            .flatMap(layer -> layer.configuration().findModule(program.getName()))
            .flatMap(module -> location(module.reference()))
            .map(jar -> jar.resolveSibling("..").resolve(FOLDER).normalize())
            .orElseThrow(() -> new IllegalStateException("traces need the launcher"));
    ModuleLayer boot = program.getLayer();
    Configuration modules =
        boot.configuration().resolve(ModuleFinder.of(folder), ModuleFinder.of(), Set.of(MODULE));
    ModuleLayer layer =
        boot.defineModulesWithOneLoader(modules, TracingLoader.class.getClassLoader());
    return ServiceLoader.load(layer, TracingProvider.class).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no module exports traces"))
        .get()
        .start(version);
  }

  private static Optional<Path> location(ModuleReference module) {
    return module.location().map((URI uri) -> Path.of(uri));
  }
}
