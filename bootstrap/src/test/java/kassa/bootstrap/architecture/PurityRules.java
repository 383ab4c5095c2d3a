package kassa.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
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

/** What keeps domain and application the same at every hour, on every machine, to the cent. */
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

  ArchRule domainUsesOnlyItsWhiteList() {
    List<Class<?>> except =
        Stream.of(
                IMPURE_CLASSES, List.<Class<?>>of(InstantSource.class), ThreadRules.THREAD_CLASSES)
            .flatMap(List::stream)
            .toList();
    DependencyAllowList allowed =
        new DependencyAllowList(List.of(root + ".domain"), PLAIN_JAVA, except);
    return classes()
        .that()
        .resideInAPackage(root + ".domain..")
        .should()
        .onlyDependOnClassesThat(allowed.asPredicate())
        .as("the domain depends on values and collections of the JDK, JSpecify and itself alone")
        .because("what it decides must depend on its arguments and on nothing else");
  }

  ArchRule applicationUsesOnlyItsWhiteList() {
    List<String> packages =
        Stream.concat(
                PLAIN_JAVA.stream(),
                Stream.of("java.util.concurrent", "java.util.concurrent.atomic"))
            .toList();
    DependencyAllowList allowed =
        new DependencyAllowList(
            List.of(root + ".application", root + ".domain"), packages, IMPURE_CLASSES);
    return classes()
        .that()
        .resideInAPackage(root + ".application..")
        .should()
        .onlyDependOnClassesThat(allowed.asPredicate())
        .as("the application depends on plain JDK classes, JSpecify, the domain and itself alone")
        .because("everything else comes in through a port");
  }

  ArchRule timeAndChanceComeFromOutside() {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".domain..", root + ".application..")
        .should(
            ArchConditions.access(
                DescribedPredicate.describe(
                    "ambient time, chance or ids", PurityRules::readsClockOrRandom)))
        .as("domain and application ask nobody for the time, for chance or for ids")
        .because(
            "they are given a clock and a source of ids, so that every answer can be repeated");
  }

  ArchRule moneyIsNeverFloating() {
    return classes()
        .that()
        .resideInAnyPackage(root + ".domain..", root + ".application..")
        .should(ArchConditions.haveNoFloatingPoint())
        .as("domain and application have no float and no double, not even for a moment")
        .because("binary fractions cannot hold a cent");
  }

  ArchRule domainFieldsAreFinal() {
    return fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + ".domain..")
        .should()
        .beFinal()
        .as("every field of the domain is final")
        .because("values are shared by threads without asking");
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
