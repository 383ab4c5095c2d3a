package kassa.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
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
          DOOR,             2
          USE_CASES,       30
          DRIVING_PORTS,   13
          DRIVEN_PORTS,    10
          CALLS,            4
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
    ThreadRules homeless = new ThreadRules("kassa", Set.of());
    List<String> violations =
        Stream.of(homeless.threadsHaveOneHome(), homeless.adaptersStartNoThreads())
            .flatMap(rule -> new ArchitectureRules.NamedRule("", rule).violations(CLASSES).stream())
            .toList();

    assertThat(ThreadRules.ALLOWED_CLASSES)
        .allSatisfy(home ->
            assertThat(violations)
                .anySatisfy(violation -> assertThat(violation).contains("<kassa." + home)));
  }

  @Test
  void every_listed_adapter_entry_and_inner_package_exists() {
    assertThat(TypeRules.ENTRIES)
        .allSatisfy(entry -> assertThat(CLASSES.contain("kassa." + entry)).as(entry).isTrue());
    assertThat(TypeRules.WITHIN)
        .allSatisfy(name -> assertThat(CLASSES.containPackage("kassa." + name)).as(name).isTrue());
  }

  @Test
  void inner_packages_of_adapters_are_not_exported() {
    assertThat(KassaModules.descriptors())
        .flatExtracting(ModuleDescriptor::exports)
        .extracting(ModuleDescriptor.Exports::source)
        .doesNotContainAnyElementsOf(
            TypeRules.WITHIN.stream().map(name -> "kassa." + name).toList());
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
