package kassa.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.ENUMS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.RECORDS;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * Rules on the kinds of types and on their visibility.
 *
 * @param root the package under which the rules look
 * @param exportedPackages the packages, without the root, that the modules of the adapters export
 */
record TypeRules(String root, Set<String> exportedPackages) implements ArchitectureRules {

  TypeRules(String root) {
    this(root, KassaModules.exportedAdapterPackages());
  }

  ArchRule portsAreContracts() {
    return classes()
        .that()
        .resideInAnyPackage(root + ".application.port..")
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should(
            be(INTERFACES.or(RECORDS).or(ENUMS).or(assignableTo(Throwable.class)).as("a contract")))
        .as("ports are interfaces, records, enums and exceptions")
        .because("a port is a contract, and its implementations stand elsewhere");
  }

  ArchRule adaptersHideTheirTypes() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".adapters..")
        .should()
        .dependOnClassesThat(resideInAPackage(root + ".adapters..").and(areNotExported()))
        .as("no class outside an adapter uses a package that the adapter's module does not export")
        .because("types that no other module can name can be changed freely");
  }

  ArchRule noInterfaceWithOneImplementation() {
    DescribedPredicate<JavaClass> needless =
        INTERFACES
            .and(describe("not sealed", type -> !type.isSealed()))
            .and(describe("of one implementation", type -> implementations(type) == 1));
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .resideOutsideOfPackages(
            root + ".application.port..",
            root + ".application.idempotency..",
            root + ".application.telemetry..")
        .should(be(needless.as("an interface with one implementation")))
        .as("no interface has just one implementation, unless it is a port or sealed")
        .because("an interface exists for several implementations");
  }

  ArchRule constructorsHaveAtMostNineParameters() {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and(describe("do not mirror JSON or rows", type -> !mirrorsJsonOrRow(type.getName())))
        .should(ArchConditions.haveConstructorParametersUpTo(9))
        .as(
            "constructors have at most nine parameters, except those of Response and Row types,"
                + " which mirror JSON objects and table rows")
        .because("a caller cannot check a longer list of positions");
  }

  ArchRule packagesAreNullMarked() {
    return ArchConditions.packagesUnder(root)
        .should(ArchConditions.beNullMarked())
        .as("every package is @NullMarked")
        .because("NullAway checks marked packages only");
  }

  private DescribedPredicate<JavaClass> areNotExported() {
    return describe(
        "are not exported",
        type ->
            exportedPackages.stream()
                .noneMatch(name -> type.getPackageName().equals(root + "." + name)));
  }

  private static boolean mirrorsJsonOrRow(String name) {
    return name.matches(".*(Response|Row)(\\$.*)?");
  }

  private static long implementations(JavaClass type) {
    return type.getAllSubclasses().stream().filter(subtype -> !subtype.isInterface()).count();
  }
}
