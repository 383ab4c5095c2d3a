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
    return ExpectedViolations.violations().entrySet();
  }

  @ParameterizedTest
  @MethodSource("violations")
  void rule_reports_exactly_the_expected_violations(Map.Entry<String, String> expected) {
    assertThat(violationsOf(expected.getKey())).isEqualTo(expected.getValue());
  }

  @Test
  void every_declared_rule_is_evaluated() {
    assertThat(TestClasses.under("kassa.bootstrap.architecture"))
        .flatExtracting(type -> declaredRules(type.getMethods()).toList())
        .containsExactlyInAnyOrderElementsOf(names());
  }

  @Test
  void every_rule_has_a_fixture_and_vice_versa() {
    assertThat(ExpectedViolations.violations()).containsOnlyKeys(names());
    assertThat(TestClasses.under("broken"))
        .extracting(type -> type.getPackageName().split("\\.", -1)[1])
        .hasSameElementsAs(names().stream().map(BrokenFixturesTest::packageOf).toList());
  }

  @Test
  void every_banned_library_is_used_by_a_fixture() {
    assertThat(LayerRules.SQL)
        .allSatisfy(library -> assertUsedByFixture(library, "onlyPersistenceUsesSql"));
    assertThat(LayerRules.JSON)
        .allSatisfy(library -> assertUsedByFixture(library, "onlyHttpAndClientUseJson"));
    assertThat(LayerRules.WEB)
        .allSatisfy(library -> assertUsedByFixture(library, "onlyHttpUsesWebLibraries"));
  }

  private static void assertUsedByFixture(String library, String rule) {
    assertThat(ExpectedViolations.violations().get(rule)).contains("of type <" + library + ".");
  }

  private static String violationsOf(String name) {
    String root = "broken." + packageOf(name);
    return ArchitectureRules.all(root).stream()
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
    return ArchitectureRules.all("kassa").stream().map(ArchitectureRules.NamedRule::name).toList();
  }

  private static Stream<String> declaredRules(Set<JavaMethod> methods) {
    return methods.stream()
        .filter(method -> method.getRawReturnType().isEquivalentTo(ArchRule.class))
        .filter(method -> method.getRawParameterTypes().isEmpty())
        .filter(method -> !method.getOwner().isEquivalentTo(ArchitectureRules.NamedRule.class))
        .map(JavaMethod::getName);
  }
}
