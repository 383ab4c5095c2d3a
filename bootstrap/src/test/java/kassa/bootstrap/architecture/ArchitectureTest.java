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

  private static final JavaClasses KASSA = Modules.classes();

  static List<Rules.Named> rules() {
    return Rules.all("kassa");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void keeps_the_rule(Rules.Named rule) {
    assertThat(rule.violations(KASSA)).as(rule.rule().getDescription()).isEmpty();
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
  void looks_at_no_fewer_classes_than_there_are(Layer layer, int floor) {
    assertThat(Report.classesOf(layer, KASSA)).hasSizeGreaterThanOrEqualTo(floor);
  }

  @Test
  void looks_at_no_class_of_the_tests() {
    assertThat(KASSA).extracting(JavaClass::getName).doesNotContain(getClass().getName());
  }

  @Test
  void finds_every_home_of_threads_in_need_of_its_permission() {
    ThreadRules homeless = new ThreadRules("kassa", Set.of());
    List<String> violations =
        Stream.of(homeless.threadsHaveOneHome(), homeless.adaptersStartNoThreads())
            .flatMap(rule -> new Rules.Named("", rule).violations(KASSA).stream())
            .toList();

    assertThat(ThreadRules.HOMES)
        .allSatisfy(home ->
            assertThat(violations)
                .anySatisfy(violation -> assertThat(violation).contains("<kassa." + home)));
  }

  @Test
  void finds_every_entry_of_an_adapter_and_every_package_within_one() {
    assertThat(ShapeRules.ENTRIES)
        .allSatisfy(entry -> assertThat(KASSA.contain("kassa." + entry)).as(entry).isTrue());
    assertThat(ShapeRules.WITHIN)
        .allSatisfy(name -> assertThat(KASSA.containPackage("kassa." + name)).as(name).isTrue());
  }

  @Test
  void finds_no_package_within_an_adapter_exported() {
    assertThat(Modules.descriptors())
        .flatExtracting(ModuleDescriptor::exports)
        .extracting(ModuleDescriptor.Exports::source)
        .doesNotContainAnyElementsOf(
            ShapeRules.WITHIN.stream().map(name -> "kassa." + name).toList());
  }

  @Test
  void the_document_is_up_to_date() throws IOException {
    if (Boolean.getBoolean("kassa.architecture.renew")) {
      Document.renew();
    }

    assertThat(Document.asItIs())
        .as("docs/architecture.md is stale; renew it by: " + Document.RENEWAL)
        .isEqualTo(Document.asItShouldBe());
  }

  @Test
  void runs_in_the_named_module() {
    assertThat(getClass().getModule().getName()).isEqualTo("kassa.bootstrap");
  }

  /** Surefire hands its own choice of groups on to the tests. */
  @AfterAll
  static void report_when_asked_for_nothing_else() throws IOException {
    if ("architecture".equals(System.getProperty("groups"))) {
      System.out.println(Report.of(KASSA));
    }
  }
}
