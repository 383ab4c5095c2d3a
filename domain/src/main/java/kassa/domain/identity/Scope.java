package kassa.domain.identity;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What the key of a program is good for. A program has no orders of its own: it acts for a shop.
 */
public enum Scope {
  /** See all orders. */
  ORDERS_READ("orders:read"),
  /** Price carts, place orders for anybody, lead them through their life. */
  ORDERS_WRITE("orders:write"),
  /** Send prices with the lines of carts. */
  PRICES_SET("prices:set"),
  /** See rules, what is used of them, and codes. */
  RULES_READ("rules:read"),
  /** See and write rules, and issue codes. */
  RULES_WRITE("rules:write"),
  /** Sum up what was sold. */
  REPORTS_READ("reports:read"),
  /** All of it. */
  ADMIN("admin");

  private static final Set<Permission> ORDERS_WRITE_PERMISSIONS =
      Set.of(Permission.PLACE_ORDERS, Permission.ORDER_FOR_OTHERS, Permission.MOVE_ORDERS);

  private static final Set<Permission> RULES_WRITE_PERMISSIONS =
      Set.of(Permission.SEE_RULES, Permission.WRITE_RULES);

  private final String wireName;

  Scope(String wireName) {
    this.wireName = wireName;
  }

  /** The scope that the outside calls by this word, if there is one. */
  public static Optional<Scope> of(String wireName) {
    return Arrays.stream(values()).filter(scope -> scope.wireName.equals(wireName)).findFirst();
  }

  /** How the outside calls it: {@code orders:read}. */
  public String wireName() {
    return wireName;
  }

  /** Whether a program with it may do this. All see the catalogue, and none has sessions. */
  public boolean grants(Permission permission) {
    return switch (permission) {
      case OWN_SESSIONS -> false;
      case SEE_PRODUCTS -> true;
      default -> grantsByScope(permission);
    };
  }

  private boolean grantsByScope(Permission permission) {
    return switch (this) {
      case ORDERS_READ -> permission == Permission.SEE_ALL_ORDERS;
      case ORDERS_WRITE -> ORDERS_WRITE_PERMISSIONS.contains(permission);
      case PRICES_SET -> permission == Permission.SET_PRICES;
      case RULES_READ -> permission == Permission.SEE_RULES;
      case RULES_WRITE -> RULES_WRITE_PERMISSIONS.contains(permission);
      case REPORTS_READ -> permission == Permission.REPORT_SALES;
      case ADMIN -> true;
    };
  }
}
