package kassa.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;

/** The layers, from the outside to the inside. Each layer uses only layers below it. */
enum Layer {
  BOOTSTRAP("bootstrap", "configuration, wiring and the main class", "bootstrap.."),
  CLIENT("client", "the import of order files into a server, over HTTP", "client.."),
  DRIVING_ADAPTERS("driving adapters", "what calls the use cases: the HTTP API", "adapters.http.."),
  DRIVEN_ADAPTERS(
      "driven adapters",
      "implementations of the driven ports: every adapter except HTTP",
      "adapters..",
      "adapters.http.."),
  APPLICATION("application", "factory of the use cases", "application"),
  USE_CASES("use cases", "the services that implement the driving ports", "application.internal.."),
  DRIVING_PORTS("driving ports", "interfaces of the use cases", "application.port.in.."),
  DRIVEN_PORTS(
      "driven ports",
      "interfaces that adapters implement: stores, password hashing",
      "application.port.out.."),
  IDEMPOTENCY(
      "idempotency",
      "idempotency keys, and the records that answer a retry",
      "application.idempotency.."),
  TELEMETRY(
      "telemetry",
      "the port for metrics and traces, and what is counted and measured",
      "application.telemetry.."),
  DOMAIN("domain", "money, catalogue, pricing and orders: pure functions and values", "domain..");

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
          List.of(
              BOOTSTRAP,
              DRIVING_ADAPTERS,
              DRIVEN_ADAPTERS,
              APPLICATION,
              USE_CASES,
              DRIVING_PORTS,
              DRIVEN_PORTS);
      case TELEMETRY ->
          List.of(
              BOOTSTRAP, DRIVING_ADAPTERS, DRIVEN_ADAPTERS, APPLICATION, USE_CASES, DRIVING_PORTS);
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
