package kassa.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ENUMS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.RECORDS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** What types look like and what they are called. */
record TypeRules(String root) implements ArchitectureRules {

  /** The one public type of each adapter. */
  static final Set<String> ENTRIES =
      Set.of(
          "adapters.http.HttpServer",
          "adapters.persistence.Persistence",
          "adapters.secrets.Secrets");

  /** Packages that no module exports; the adapter that they belong to has to see their types. */
  static final Set<String> WITHIN = Set.of("adapters.http.json", "adapters.http.message");

  private static final List<String> BANNED_SUFFIXES =
      List.of("Impl", "Util", "Utils", "Helper", "Manager", "Dto", "Port");

  ArchRule portsAreContracts() {
    return classes()
        .that()
        .resideInAPackage(root + ".application.port..")
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should(
            be(INTERFACES.or(RECORDS).or(ENUMS).or(assignableTo(Throwable.class)).as("a contract")))
        .as("ports are interfaces, records, enums and exceptions")
        .because("a port says what is agreed, and whoever stands behind it how it is done");
  }

  ArchRule adaptersHideTheirTypes() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".adapters..")
        .and()
        .areTopLevelClasses()
        .and(areNeitherEntriesNorWithin())
        .should()
        .bePublic()
        .as("an adapter has one public type, beside those of its packages that are not exported")
        .because("what nobody else can name can be changed by its owner alone");
  }

  ArchRule namesSayWhatThingsAre() {
    DescribedPredicate<JavaClass> badlyNamed =
        describe(
            "named with a banned suffix",
            type -> BANNED_SUFFIXES.stream().anyMatch(type.getSimpleName()::endsWith));
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should(be(badlyNamed))
        .as("no name ends in " + String.join(", ", BANNED_SUFFIXES))
        .because("such a name says how a type was made and not what it is");
  }

  ArchRule interfacesHaveAReason() {
    DescribedPredicate<JavaClass> needless =
        INTERFACES
            .and(describe("not sealed", type -> !type.isSealed()))
            .and(describe("of one implementation", type -> implementations(type) == 1));
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackage(root + ".application.port..")
        .should(be(needless.as("an interface with one implementation")))
        .as("no interface has just one implementation, unless it is a port or sealed")
        .because("an interface is for those who differ");
  }

  ArchRule packagesAreNullMarked() {
    return ArchConditions.packagesUnder(root)
        .should(ArchConditions.beNullMarked())
        .as("every package is @NullMarked")
        .because("NullAway looks only where null is an exception and not a habit");
  }

  private DescribedPredicate<JavaClass> areNeitherEntriesNorWithin() {
    return describe(
        "are neither entries nor within an adapter",
        type ->
            ENTRIES.stream().noneMatch(entry -> type.getName().equals(root + "." + entry))
                && WITHIN.stream()
                    .noneMatch(name -> type.getPackageName().equals(root + "." + name)));
  }

  private static long implementations(JavaClass type) {
    return type.getAllSubclasses().stream().filter(subtype -> !subtype.isInterface()).count();
  }
}
