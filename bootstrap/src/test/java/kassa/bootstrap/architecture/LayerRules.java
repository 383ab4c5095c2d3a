package kassa.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Arrays;
import java.util.List;

/** Rules on the dependencies between layers and on libraries. */
record LayerRules(String root) implements ArchitectureRules {

  /** Packages that only {@code adapters.persistence} may use. */
  static final List<String> SQL =
      List.of("java.sql", "javax.sql", "org.jdbi", "com.zaxxer.hikari", "org.flywaydb", "org.h2");

  /** Packages that only {@code adapters.http} may use. */
  static final List<String> WEB = List.of("io.javalin", "org.eclipse.jetty", "jakarta.servlet");

  /** Packages that only {@code adapters.http} and {@code client} may use. */
  static final List<String> JSON = List.of("tools.jackson", "com.fasterxml.jackson");

  ArchRule layersAreRespected() {
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(root + "..")
            .ensureAllClassesAreContainedInArchitecture();
    for (Layer layer : Layer.values()) {
      layers = layers.layer(layer.title()).definedBy(layer.under(root));
    }
    for (Layer layer : Layer.values()) {
      String[] knownBy = layer.allowedAccessors().stream().map(Layer::title).toArray(String[]::new);
      layers =
          knownBy.length == 0
              ? layers.whereLayer(layer.title()).mayNotBeAccessedByAnyLayer()
              : layers.whereLayer(layer.title()).mayOnlyBeAccessedByLayers(knownBy);
    }
    return layers
        .as("every class belongs to a layer, and only the listed layers use it")
        .because(
            "dependencies point in one direction: from HTTP to the domain and from SQL to the"
                + " ports");
  }

  ArchRule adaptersAreIndependent() {
    return slices()
        .matching(root + ".adapters.(*)..")
        .should()
        .notDependOnEachOther()
        .as("no adapter depends on another adapter")
        .because("each can be replaced without a change of the others");
  }

  ArchRule httpUsesOnlyExceptionsOfDrivenPorts() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".adapters.http..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + ".application.port.out..")
                .and(not(assignableTo(Throwable.class)))
                .or(name(root + ".application.idempotency.IdempotencyStore")))
        .as("HTTP uses only the exceptions of the driven ports")
        .because("a request goes through a use case and never directly to a store");
  }

  ArchRule onlyPersistenceUsesSql() {
    return only(SQL, "adapters.persistence")
        .because("storage is a detail of the persistence adapter");
  }

  ArchRule onlyHttpUsesWebLibraries() {
    return only(WEB, "adapters.http", "adapters.webhooks")
        .because("web libraries are a detail of the adapters for HTTP and webhooks");
  }

  ArchRule onlyHttpAndClientUseJson() {
    return only(JSON, "adapters.http", "client")
        .because("JSON is the format of the HTTP contract only");
  }

  ArchRule packagesHaveNoCycles() {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .as("packages have no cycles")
        .because("packages of a cycle can only be understood and changed together");
  }

  private ArchRule only(List<String> libraries, String... packages) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(
            Arrays.stream(packages).map(name -> root + "." + name + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            libraries.stream().map(library -> library + "..").toArray(String[]::new))
        .as(
            "only "
                + String.join(" and ", packages)
                + (packages.length == 1 ? " uses " : " use ")
                + String.join(", ", libraries));
  }
}
