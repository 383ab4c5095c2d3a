package kassa.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule is seen to fail, on classes that break it: those of the package {@code broken.<name of
 * the rule>}. Beside them are classes that keep it and must not be reported.
 */
@Tag("architecture")
class BrokenFixturesTest {

  static Set<Map.Entry<String, String>> violations() {
    return BrokenFixtures.violations().entrySet();
  }

  @ParameterizedTest
  @MethodSource("violations")
  void a_rule_finds_exactly_what_breaks_it(Map.Entry<String, String> expected) {
    assertThat(violationsOf(expected.getKey())).isEqualTo(expected.getValue());
  }

  @Test
  void every_rule_that_is_written_is_run() {
    assertThat(TestClasses.under("kassa.bootstrap.architecture"))
        .flatExtracting(type -> writtenRules(type.getMethods()).toList())
        .containsExactlyInAnyOrderElementsOf(names());
  }

  @Test
  void every_rule_has_a_fixture_and_every_fixture_a_rule() {
    assertThat(BrokenFixtures.violations()).containsOnlyKeys(names());
    assertThat(TestClasses.under("broken"))
        .extracting(type -> type.getPackageName().split("\\.", -1)[1])
        .hasSameElementsAs(names().stream().map(BrokenFixturesTest::packageOf).toList());
  }

  @Test
  void every_library_that_is_banned_is_met() {
    assertThat(LayerRules.SQL).allSatisfy(library -> isMet(library, "sqlStaysInPersistence"));
    assertThat(LayerRules.JSON).allSatisfy(library -> isMet(library, "jsonStaysAtBothEnds"));
    assertThat(LayerRules.WEB).allSatisfy(library -> isMet(library, "webStaysInHttp"));
  }

  private static void isMet(String library, String rule) {
    assertThat(BrokenFixtures.violations().get(rule)).contains("of type <" + library + ".");
  }

  private static String violationsOf(String name) {
    String root = "broken." + packageOf(name);
    return Rules.all(root).stream()
        .filter(rule -> rule.name().equals(name))
        .flatMap(rule -> rule.violations(TestClasses.under(root)).stream())
        .map(violation -> violation.replace(root + ".", ""))
        .map(violation -> violation.replaceAll(" in \\(\\w+\\.java:\\d+\\)", ""))
        .flatMap(String::lines)
        .map(String::strip)
        .collect(Collectors.joining("\n"));
  }

  private static String packageOf(String rule) {
    return rule.toLowerCase(Locale.ROOT);
  }

  private static List<String> names() {
    return Rules.all("kassa").stream().map(Rules.Named::name).toList();
  }

  private static Stream<String> writtenRules(Set<JavaMethod> methods) {
    return methods.stream()
        .filter(method -> method.getRawReturnType().isEquivalentTo(ArchRule.class))
        .filter(method -> method.getRawParameterTypes().isEmpty())
        .filter(method -> !method.getOwner().isEquivalentTo(Rules.Named.class))
        .map(JavaMethod::getName);
  }
}
