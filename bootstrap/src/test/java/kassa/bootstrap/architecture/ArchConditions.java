package kassa.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenObjects;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What ArchUnit cannot say by itself. */
final class ArchConditions {

  private static final Pattern SUPERLATIVE =
      Pattern.compile(
          "(most|least|longest|shortest|largest|smallest|greatest|fewest)([A-Z].*)?"
              + "|(MOST|LEAST|LONGEST|SHORTEST|LARGEST|SMALLEST|GREATEST|FEWEST)(_.*)?");

  private static final Set<String> FLOATING = Set.of("java.lang.Float", "java.lang.Double");

  private ArchConditions() {}

  /** Calls such a method, refers to it, or touches such a field. */
  static ArchCondition<JavaClass> access(DescribedPredicate<JavaAccess<?>> what) {
    return new ArchCondition<>("access " + what.getDescription()) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getAccessesFromSelf().stream()
            .filter(what)
            .map(access -> SimpleConditionEvent.satisfied(type, access.getDescription()))
            .forEach(events::add);
      }
    };
  }

  static ArchCondition<JavaClass> haveNoFloatingPoint() {
    return violatedBy(
        "have no floating point",
        type ->
            Stream.concat(
                dependencies(type, target -> FLOATING.contains(target.getName())),
                Bytecode.of(type).floatingPoint().stream()));
  }

  static ArchCondition<JavaClass> notUseThreads() {
    return violatedBy(
        "have nothing to do with threads",
        type ->
            Stream.of(
                    dependencies(type, ArchConditions::isConcurrent),
                    type.getAccessesFromSelf().stream()
                        .filter(ArchConditions::runsInParallel)
                        .map(JavaAccess::getDescription),
                    Bytecode.of(type).monitors().stream())
                .flatMap(Function.identity()));
  }

  /** The packages under a root that have a class. */
  static GivenObjects<JavaPackage> packagesUnder(String root) {
    return all(
        new AbstractClassesTransformer<JavaPackage>("packages") {
          @Override
          public Set<JavaPackage> doTransform(JavaClasses classes) {
            return classes.stream()
                .map(JavaClass::getPackage)
                .filter(home -> (home.getName() + ".").startsWith(root + "."))
                .collect(Collectors.toSet());
          }
        });
  }

  static ArchCondition<JavaPackage> beNullMarked() {
    return new ArchCondition<>("be @NullMarked") {
      @Override
      public void check(JavaPackage home, ConditionEvents events) {
        boolean marked = home.isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                home, marked, "Package <" + home.getName() + "> is not @NullMarked"));
      }
    };
  }

  /** Checks the names of fields and of parameters of methods that have a body. */
  static ArchCondition<JavaClass> callBoundsMaxAndMin() {
    return violatedBy(
        "call bounds max and min",
        type ->
            Stream.concat(
                type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.ENUM))
                    .filter(field -> SUPERLATIVE.matcher(field.getName()).matches())
                    .map(field -> "Field <" + field.getFullName() + "> is called a superlative"),
                Bytecode.of(type).parameters(SUPERLATIVE).stream()));
  }

  static ArchCondition<JavaClass> haveConstructorParametersUpTo(int max) {
    return violatedBy(
        "have at most " + max + " parameters",
        type ->
            type.getConstructors().stream()
                .filter(constructor -> constructor.getRawParameterTypes().size() > max)
                .map(constructor ->
                    "Constructor of <%s> has %s parameters"
                        .formatted(type.getName(), constructor.getRawParameterTypes().size())));
  }

  static ArchCondition<JavaClass> haveUniqueSimpleNames() {
    return new ArchCondition<>("have unique simple names") {
      private final Map<String, List<String>> names = new HashMap<>();

      @Override
      public void init(Collection<JavaClass> types) {
        types.forEach(type ->
            names
                .computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>())
                .add(type.getName()));
      }

      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (names.getOrDefault(type.getSimpleName(), List.of()).size() > 1) {
          events.add(violation(type, "Class <" + type.getName() + "> has the name of another"));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> violatedBy(
      String description, Function<JavaClass, Stream<String>> faults) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        faults.apply(type).map(fault -> violation(type, fault)).forEach(events::add);
      }
    };
  }

  private static Stream<String> dependencies(JavaClass type, Predicate<JavaClass> on) {
    return type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> on.test(dependency.getTargetClass().getBaseComponentType()))
        .map(Dependency::getDescription);
  }

  private static ConditionEvent violation(JavaClass type, String fault) {
    return SimpleConditionEvent.violated(type, fault);
  }

  private static boolean isConcurrent(JavaClass type) {
    String home = type.getPackageName();
    return home.equals("java.util.concurrent")
        || home.startsWith("java.util.concurrent.")
        || ThreadRules.THREAD_CLASSES.stream().anyMatch(type::isAssignableTo);
  }

  private static boolean runsInParallel(JavaAccess<?> access) {
    return switch (access.getName()) {
      case "parallel", "parallelStream", "parallelSort", "parallelSetAll", "parallelPrefix" ->
          access.getTargetOwner().getPackageName().startsWith("java.util");
      default -> false;
    };
  }
}
