package kassa.bootstrap.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

/**
 * The classes that some code may depend on, beside the primitive types.
 *
 * @param ownPackages package trees that are allowed whole
 * @param packages packages that are allowed without those beneath them
 * @param exclusions classes of those packages that are not allowed
 * @param additions classes of other packages that are allowed, with their nested classes
 */
record DependencyAllowList(
    List<String> ownPackages,
    List<String> packages,
    List<Class<?>> exclusions,
    List<Class<?>> additions) {

  DescribedPredicate<JavaClass> asPredicate() {
    return DescribedPredicate.describe("are on the white list", this::allows);
  }

  private boolean allows(JavaClass type) {
    JavaClass element = type.getBaseComponentType();
    String home = element.getPackageName();
    return element.isPrimitive()
        || additions.stream().anyMatch(added -> isOrEncloses(added, element))
        || ownPackages.stream().anyMatch(tree -> home.equals(tree) || home.startsWith(tree + "."))
        || (packages.contains(home) && exclusions.stream().noneMatch(element::isEquivalentTo));
  }

  private static boolean isOrEncloses(Class<?> added, JavaClass element) {
    return element.isEquivalentTo(added) || element.getName().startsWith(added.getName() + "$");
  }
}
