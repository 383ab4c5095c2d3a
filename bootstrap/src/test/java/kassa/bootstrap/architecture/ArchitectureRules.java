package kassa.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Rules on one subject. Each rule is a method that is not private, takes nothing and returns an
 * {@link ArchRule} with its reason. The root package is a parameter, so that the same rule runs on
 * {@code kassa} and on the fixtures that break it.
 */
sealed interface ArchitectureRules
    permits LayerRules, PurityRules, ThreadRules, TypeRules, NamingRules {

  /** The package under which the rules look. */
  String root();

  /** Every rule there is. */
  static List<NamedRule> all(String root) {
    return Stream.of(
            new LayerRules(root),
            new PurityRules(root),
            new ThreadRules(root),
            new TypeRules(root),
            new NamingRules(root))
        .flatMap(ArchitectureRules::named)
        .toList();
  }

  private static Stream<NamedRule> named(ArchitectureRules rules) {
    return Arrays.stream(rules.getClass().getDeclaredMethods())
        .filter(method -> method.getReturnType() == ArchRule.class)
        .filter(method -> !Modifier.isPrivate(method.getModifiers()))
        .sorted(Comparator.comparing(Method::getName))
        .map(method -> new NamedRule(method.getName(), invoke(rules, method)));
  }

  private static ArchRule invoke(ArchitectureRules rules, Method method) {
    try {
      return (ArchRule) method.invoke(rules);
    } catch (ReflectiveOperationException defect) {
      throw new IllegalStateException("cannot make the rule " + method.getName(), defect);
    }
  }

  /**
   * A rule and the name of its method.
   *
   * @param name the method's name
   * @param rule the rule
   */
  record NamedRule(String name, ArchRule rule) {

    /** The name as words. */
    String words() {
      return name.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** What breaks the rule; that it had nothing to look at counts as well. */
    List<String> violations(JavaClasses classes) {
      try {
        return rule.evaluate(classes).getFailureReport().getDetails();
      } catch (AssertionError nothingToLookAt) {
        return List.of(String.valueOf(nothingToLookAt.getMessage()));
      }
    }

    @Override
    public String toString() {
      return words();
    }
  }
}
