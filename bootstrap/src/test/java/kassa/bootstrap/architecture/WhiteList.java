package kassa.bootstrap.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

/**
 * The classes that some code may depend on, beside the primitive types.
 *
 * @param own package trees that are allowed whole
 * @param packages packages that are allowed without those beneath them
 * @param except classes of those packages that are not allowed
 */
record WhiteList(List<String> own, List<String> packages, List<Class<?>> except) {

  DescribedPredicate<JavaClass> asPredicate() {
    return DescribedPredicate.describe("are on the white list", this::allows);
  }

  private boolean allows(JavaClass type) {
    JavaClass element = type.getBaseComponentType();
    String home = element.getPackageName();
    return element.isPrimitive()
        || own.stream().anyMatch(tree -> home.equals(tree) || home.startsWith(tree + "."))
        || (packages.contains(home) && except.stream().noneMatch(element::isEquivalentTo));
  }
}
