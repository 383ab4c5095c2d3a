package kassa.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

/** The layers of the house, from the street to the cellar. Each knows only layers below it. */
enum Layer {
  BOOTSTRAP("bootstrap", "configuration, wiring and the main class", "bootstrap.."),
  CLIENT("client", "what feeds files of orders to a server, over its contract", "client.."),
  DRIVING_ADAPTERS("driving adapters", "what calls the use-cases: HTTP", "adapters.http.."),
  DRIVEN_ADAPTERS(
      "driven adapters",
      "what the use-cases need of the outside: every adapter but HTTP",
      "adapters..",
      "adapters.http.."),
  APPLICATION("application", "where the use-cases are made from what they need", "application"),
  USE_CASES("use-cases", "the services behind the driving ports", "application.internal.."),
  DRIVING_PORTS("driving ports", "what may be asked of Kassa", "application.port.in.."),
  DRIVEN_PORTS("driven ports", "what Kassa asks for", "application.port.out.."),
  IDEMPOTENCY(
      "calls with a key",
      "what makes a call that is sent again do nothing again",
      "application.idempotency.."),
  DOMAIN("domain", "money, catalogue, pricing and orders, pure", "domain..");

  private final String title;
  private final String content;
  private final String packagePattern;
  private final String excludedPattern;

  Layer(String title, String content, String packagePattern) {
    this(title, content, packagePattern, "");
  }

  Layer(String title, String content, String packagePattern, String excludedPattern) {
    this.title = title;
    this.content = content;
    this.packagePattern = packagePattern;
    this.excludedPattern = excludedPattern;
  }

  String title() {
    return title;
  }

  String content() {
    return content;
  }

  /** The packages as they are written in rules, beneath the root. */
  String packages() {
    return excludedPattern.isEmpty()
        ? packagePattern
        : packagePattern + " without " + excludedPattern;
  }

  /** The layers that may know this one; a layer always knows itself. */
  List<Layer> allowedAccessors() {
    return switch (this) {
      case BOOTSTRAP -> List.of();
      case CLIENT, DRIVING_ADAPTERS, DRIVEN_ADAPTERS -> List.of(BOOTSTRAP);
      case APPLICATION -> List.of(BOOTSTRAP, DRIVING_ADAPTERS);
      case USE_CASES -> List.of(APPLICATION);
      case DRIVING_PORTS -> List.of(BOOTSTRAP, DRIVING_ADAPTERS, APPLICATION, USE_CASES);
      case DRIVEN_PORTS ->
          List.of(BOOTSTRAP, DRIVING_ADAPTERS, DRIVEN_ADAPTERS, APPLICATION, USE_CASES);
      case IDEMPOTENCY ->
          List.of(DRIVING_ADAPTERS, DRIVEN_ADAPTERS, USE_CASES, DRIVING_PORTS, DRIVEN_PORTS);
      case DOMAIN ->
          List.of(
              BOOTSTRAP,
              DRIVING_ADAPTERS,
              DRIVEN_ADAPTERS,
              APPLICATION,
              USE_CASES,
              DRIVING_PORTS,
              DRIVEN_PORTS,
              IDEMPOTENCY);
    };
  }

  /** The classes of this layer beneath a root package. */
  DescribedPredicate<JavaClass> under(String root) {
    DescribedPredicate<JavaClass> inside = resideInAPackage(root + "." + packagePattern);
    return excludedPattern.isEmpty()
        ? inside
        : inside.and(not(resideInAPackage(root + "." + excludedPattern)));
  }
}
