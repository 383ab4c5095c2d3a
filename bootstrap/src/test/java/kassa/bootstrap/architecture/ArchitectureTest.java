package kassa.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("architecture")
class ArchitectureTest {

  private static final JavaClasses CLASSES = KassaModules.classes();

  static List<ArchitectureRules.NamedRule> rules() {
    return ArchitectureRules.all("kassa");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void code_follows_the_rule(ArchitectureRules.NamedRule rule) {
    assertThat(rule.violations(CLASSES)).as(rule.rule().getDescription()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          BOOTSTRAP,       13
          CLIENT,          10
          DRIVING_ADAPTERS,45
          DRIVEN_ADAPTERS, 32
          APPLICATION,      2
          USE_CASES,       30
          DRIVING_PORTS,   13
          DRIVEN_PORTS,    10
          IDEMPOTENCY,      4
          TELEMETRY,        8
          DOMAIN,          30
          """)
  void every_layer_has_its_minimum_number_of_classes(Layer layer, int minimum) {
    assertThat(ArchitectureReport.classesOf(layer, CLASSES)).hasSizeGreaterThanOrEqualTo(minimum);
  }

  @Test
  void excludes_test_classes() {
    assertThat(CLASSES).extracting(JavaClass::getName).doesNotContain(getClass().getName());
  }

  @Test
  void every_class_allowed_to_use_threads_uses_them() {
    ThreadRules nothingAllowed = new ThreadRules("kassa", Set.of());
    List<String> violations =
        Stream.of(
                nothingAllowed.onlyListedCoreClassesUseThreads(),
                nothingAllowed.onlyListedAdapterClassesUseThreads())
            .flatMap(rule -> new ArchitectureRules.NamedRule("", rule).violations(CLASSES).stream())
            .toList();

    assertThat(ThreadRules.ALLOWED_CLASSES)
        .allSatisfy(allowed ->
            assertThat(violations)
                .anySatisfy(violation -> assertThat(violation).contains("<kassa." + allowed)));
  }

  @Test
  void adapters_export_their_root_package_and_persistence_its_admin_package() {
    assertThat(KassaModules.exportedAdapterPackages())
        .containsExactlyInAnyOrder(
            "adapters.http",
            "adapters.persistence",
            "adapters.persistence.admin",
            "adapters.secrets",
            "adapters.telemetry",
            "adapters.webhooks");
  }

  @Test
  void no_package_has_more_than_25_types() {
    assertThat(PackageGraph.of(CLASSES).typesByPackage())
        .allSatisfy((name, types) -> assertThat(types).as(name).isLessThanOrEqualTo(25));
  }

  @Test
  void architecture_document_is_up_to_date() throws IOException {
    if (Boolean.getBoolean("kassa.architecture.renew")) {
      ArchitectureDocument.renew();
    }

    assertThat(ArchitectureDocument.current())
        .as("docs/architecture.md is stale; renew it by: " + ArchitectureDocument.RENEW_COMMAND)
        .isEqualTo(ArchitectureDocument.expected());
  }

  @Test
  void runs_in_the_named_module() {
    assertThat(getClass().getModule().getName()).isEqualTo("kassa.bootstrap");
  }

  /** Surefire hands its own choice of groups on to the tests. */
  @AfterAll
  static void prints_the_report() throws IOException {
    if ("architecture".equals(System.getProperty("groups"))) {
      System.out.println(ArchitectureReport.of(CLASSES));
    }
  }
}
