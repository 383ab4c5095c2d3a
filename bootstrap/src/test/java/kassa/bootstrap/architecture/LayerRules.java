package kassa.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Arrays;
import java.util.List;

/** Who may know whom, and which library lives where. */
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
        .as("every class is in a layer, and is known only by the layers that may know that one")
        .because("data flows one way and nothing walks back up");
  }

  ArchRule adaptersNeverKnowEachOther() {
    return slices()
        .matching(root + ".adapters.(*)..")
        .should()
        .notDependOnEachOther()
        .as("no adapter depends on another adapter")
        .because("each has to be replaceable without touching the others");
  }

  ArchRule httpKnowsOnlyTheFailuresOfDrivenPorts() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".adapters.http..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(root + ".application.port.out..")
                .and(not(assignableTo(Throwable.class))))
        .as("HTTP knows nothing of the driven ports but their exceptions")
        .because("a request goes through a use-case and never straight to the store");
  }

  ArchRule sqlStaysInPersistence() {
    return only(SQL, "adapters.persistence")
        .because("how orders are kept is a secret of the persistence adapter");
  }

  ArchRule webStaysInHttp() {
    return only(WEB, "adapters.http")
        .because("how requests are answered is a secret of the HTTP adapter");
  }

  ArchRule jsonStaysAtBothEnds() {
    return only(JSON, "adapters.http", "client")
        .because("what a request looks like is a secret of those who send and those who answer");
  }

  ArchRule packagesHaveNoCycles() {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .as("packages have no cycles")
        .because("a cycle of packages is one package that pretends to be several");
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
            "nobody but "
                + String.join(" and ", packages)
                + " uses "
                + String.join(", ", libraries));
  }
}
