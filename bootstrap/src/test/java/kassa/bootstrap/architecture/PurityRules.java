package kassa.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.text.Normalizer;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Scanner;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Rules that keep domain and application deterministic and exact. */
record PurityRules(String root) implements ArchitectureRules {

  private static final List<String> PLAIN_JAVA =
      List.of(
          "java.lang",
          "java.math",
          "java.time",
          "java.time.temporal",
          "java.util",
          "java.util.function",
          "java.util.regex",
          "java.util.stream",
          "org.jspecify.annotations");

  private static final List<Class<?>> IMPURE_CLASSES =
      List.of(
          Calendar.class,
          Clock.class,
          Date.class,
          Process.class,
          ProcessBuilder.class,
          ProcessHandle.class,
          Random.class,
          Runtime.class,
          Scanner.class,
          ServiceLoader.class,
          SplittableRandom.class,
          Timer.class,
          TimerTask.class);

  private static final List<Class<?>> RANDOM_CLASSES =
      List.of(
          Random.class, RandomGenerator.class, SplittableRandom.class, Date.class, Calendar.class);

  ArchRule domainUsesOnlyItsAllowList() {
    List<Class<?>> except =
        Stream.of(
                IMPURE_CLASSES, List.<Class<?>>of(InstantSource.class), ThreadRules.THREAD_CLASSES)
            .flatMap(List::stream)
            .toList();
    DependencyAllowList allowed =
        new DependencyAllowList(
            List.of(root + ".domain"), PLAIN_JAVA, except, List.of(Normalizer.class));
    return classes()
        .that()
        .resideInAPackage(root + ".domain..")
        .should()
        .onlyDependOnClassesThat(allowed.asPredicate())
        .as("the domain depends only on values and collections of the JDK, JSpecify and itself")
        .because("its results must depend on its arguments only");
  }

  ArchRule applicationUsesOnlyItsAllowList() {
    List<String> packages =
        Stream.concat(
                PLAIN_JAVA.stream(),
                Stream.of("java.util.concurrent", "java.util.concurrent.atomic"))
            .toList();
    DependencyAllowList allowed =
        new DependencyAllowList(
            List.of(root + ".application", root + ".domain"), packages, IMPURE_CLASSES, List.of());
    return classes()
        .that()
        .resideInAPackage(root + ".application..")
        .should()
        .onlyDependOnClassesThat(allowed.asPredicate())
        .as("the application depends only on plain JDK classes, JSpecify, the domain and itself")
        .because("everything else is used through a port");
  }

  ArchRule noAmbientClockOrRandomness() {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".domain..", root + ".application..")
        .should(
            ArchConditions.access(
                DescribedPredicate.describe(
                    "ambient time, chance or ids", PurityRules::readsClockOrRandom)))
        .as("domain and application read no system clock, random generator or id generator")
        .because("a clock and an id source are passed in, so that results can be reproduced");
  }

  ArchRule moneyHasNoFloatingPoint() {
    return classes()
        .that()
        .resideInAnyPackage(root + ".domain..", root + ".application..")
        .should(ArchConditions.haveNoFloatingPoint())
        .as("domain and application use neither float nor double")
        .because("binary fractions cannot represent a cent");
  }

  ArchRule domainFieldsAreFinal() {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + ".domain..")
        .and()
        .areDeclaredInClassesThat(areNoWorkingState())
        .should()
        .beFinal()
        .as(
            "every field of the domain is final, except the working state of the pricing engine and"
                + " the violation collector")
        .because("values are shared between threads without locks");
  }

  private DescribedPredicate<JavaClass> areNoWorkingState() {
    return DescribedPredicate.describe(
        "are no working state",
        type ->
            !type.getPackageName().startsWith(root + ".domain.pricing.engine.")
                && !type.getName().equals(root + ".domain.json.Violations"));
  }

  private static boolean readsClockOrRandom(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getName();
    return switch (owner.getName()) {
      case "java.lang.System" -> !name.equals("arraycopy");
      case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
      default ->
          (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
              || (owner.isEquivalentTo(Collections.class) && name.equals("shuffle"))
              || (owner.getPackageName().startsWith("java.time") && readsTheClock(name))
              || RANDOM_CLASSES.stream().anyMatch(owner::isAssignableTo);
    };
  }

  private static boolean readsTheClock(String method) {
    return method.equals("now") || method.startsWith("system") || method.startsWith("tick");
  }
}
