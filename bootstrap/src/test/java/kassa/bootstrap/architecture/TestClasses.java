package kassa.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** The classes that were compiled beside these tests: the tests themselves, and the fixtures. */
final class TestClasses {

  private TestClasses() {}

  /** The classes of a package and of those beneath it. */
  static JavaClasses under(String packageName) {
    return new ClassFileImporter().importPath(root().resolve(packageName.replace('.', '/')));
  }

  private static Path root() {
    String file = TestClasses.class.getName().replace('.', '/') + ".class";
    String uri = Objects.requireNonNull(TestClasses.class.getResource("/" + file), file).toString();
    return Path.of(URI.create(uri.substring(0, uri.length() - file.length())));
  }
}
