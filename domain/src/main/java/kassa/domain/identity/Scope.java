package kassa.domain.identity;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Scope of an API key. A program has no orders of its own: it acts for the shop. */
public enum Scope {
  /** Read all orders. */
  ORDERS_READ("orders:read"),
  /** Quote carts, place orders for any customer, change the status of orders, refund them. */
  ORDERS_WRITE("orders:write"),
  /** Place orders with a time in the past, together with {@link #ORDERS_WRITE}. */
  ORDERS_IMPORT("orders:import"),
  /** Send prices with the lines of carts. */
  PRICES_SET("prices:set"),
  /** Read rules, their usage, and codes. */
  RULES_READ("rules:read"),
  /** Read and write rules, and issue codes. */
  RULES_WRITE("rules:write"),
  /** Read sales reports. */
  REPORTS_READ("reports:read"),
  /** Read the metrics of the process. */
  METRICS_READ("metrics:read"),
  /** Read the events of what the other scopes allow to read. */
  EVENTS_READ("events:read"),
  /** Read webhook endpoints and their deliveries. */
  WEBHOOKS_READ("webhooks:read"),
  /** Read and manage webhook endpoints, for events of what the other scopes allow to read. */
  WEBHOOKS_WRITE("webhooks:write"),
  /** All permissions except those on sessions. */
  ADMIN("admin");

  private static final Set<Permission> ORDERS_WRITE_PERMISSIONS =
      Set.of(Permission.PLACE_ORDERS, Permission.ORDER_FOR_OTHERS, Permission.MANAGE_ORDERS);

  private static final Set<Permission> RULES_WRITE_PERMISSIONS =
      Set.of(Permission.READ_RULES, Permission.WRITE_RULES);

  private static final Set<Permission> WEBHOOKS_WRITE_PERMISSIONS =
      Set.of(Permission.READ_WEBHOOKS, Permission.WRITE_WEBHOOKS);

  private final String wireName;

  Scope(String wireName) {
    this.wireName = wireName;
  }

  /** Returns the scope with a name in the API, such as {@code orders:read}; empty if unknown. */
  public static Optional<Scope> of(String wireName) {
    return Arrays.stream(values()).filter(scope -> scope.wireName.equals(wireName)).findFirst();
  }

  /** Returns the name in the API: {@code orders:read}. */
  public String wireName() {
    return wireName;
  }

  /**
   * Returns whether the scope grants a permission. Every scope grants reading the catalogue; none
   * grants managing sessions.
   */
  public boolean grants(Permission permission) {
    return switch (permission) {
      case MANAGE_OWN_SESSIONS -> false;
      case READ_PRODUCTS -> true;
      default -> grantsByScope(permission);
    };
  }

  private boolean grantsByScope(Permission permission) {
    return switch (this) {
      case ORDERS_READ -> permission == Permission.READ_ALL_ORDERS;
      case ORDERS_WRITE -> ORDERS_WRITE_PERMISSIONS.contains(permission);
      case ORDERS_IMPORT -> permission == Permission.IMPORT_ORDERS;
      case PRICES_SET -> permission == Permission.SET_PRICES;
      case RULES_READ -> permission == Permission.READ_RULES;
      case RULES_WRITE -> RULES_WRITE_PERMISSIONS.contains(permission);
      case REPORTS_READ -> permission == Permission.READ_SALES_REPORTS;
      case METRICS_READ -> permission == Permission.READ_METRICS;
      case EVENTS_READ -> permission == Permission.READ_EVENTS;
      case WEBHOOKS_READ -> permission == Permission.READ_WEBHOOKS;
      case WEBHOOKS_WRITE -> WEBHOOKS_WRITE_PERMISSIONS.contains(permission);
      case ADMIN -> true;
    };
  }
}
