package kassa.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Rules on names: those of docs/glossary.md that a test can check. */
record NamingRules(String root) implements ArchitectureRules {

  private static final List<String> BANNED_SUFFIXES =
      List.of("Impl", "Util", "Utils", "Helper", "Manager", "Dto", "Port");

  /** Words of the private vocabulary that was replaced; docs/glossary.md has the field's terms. */
  private static final Set<String> BANNED_WORDS =
      Set.of(
          "Admission",
          "Anybody",
          "Apart",
          "Contended",
          "Deed",
          "Fates",
          "Fault",
          "Faults",
          "Flaw",
          "Flaws",
          "Housekeeping",
          "Keeping",
          "Kept",
          "Nobody",
          "Notation",
          "Outdone",
          "Overtaken",
          "Patience",
          "Somebody",
          "Stragglers",
          "Stretch",
          "Tally",
          "Told",
          "Verdict",
          "Whoever");

  ArchRule noBannedNameSuffix() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should(be(named("named with a banned suffix", NamingRules::hasBannedSuffix)))
        .as("no type name ends in " + String.join(", ", BANNED_SUFFIXES))
        .because("such a suffix does not say what the type is");
  }

  ArchRule typeNamesUseTheGlossary() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should(be(named("named with a banned word", NamingRules::hasBannedWord)))
        .as("no type name contains " + String.join(", ", BANNED_WORDS.stream().sorted().toList()))
        .because("a reader searches for the terms of docs/glossary.md");
  }

  ArchRule maximumsAreCalledMax() {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(ArchConditions.callBoundsMaxAndMin())
        .as(
            "no constant, field or parameter begins with most, least, longest, shortest, largest,"
                + " smallest, greatest or fewest")
        .because("bounds are called max and min");
  }

  ArchRule publicTypeNamesAreUnique() {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .areTopLevelClasses()
        .and()
        .arePublic()
        .should(ArchConditions.haveUniqueSimpleNames())
        .as("no two public top-level types have the same simple name")
        .because("an import must show which type is meant");
  }

  private static DescribedPredicate<JavaClass> named(
      String description, Predicate<String> isBanned) {
    return describe(description, type -> isBanned.test(type.getSimpleName()));
  }

  private static boolean hasBannedSuffix(String name) {
    return BANNED_SUFFIXES.stream().anyMatch(name::endsWith);
  }

  private static boolean hasBannedWord(String name) {
    return Arrays.stream(name.split("(?=\\p{Lu})", -1)).anyMatch(BANNED_WORDS::contains);
  }
}
