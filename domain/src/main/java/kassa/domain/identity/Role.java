package kassa.domain.identity;

import java.util.Set;

/** Role of a user. */
public enum Role {
  /** Quotes and places orders for themselves, at the prices of the catalogue. */
  CUSTOMER,
  /** Reads all orders and changes their status, and reads sales reports and events. */
  OPERATOR,
  /** Has all permissions. */
  ADMIN;

  private static final Set<Permission> CUSTOMER_PERMISSIONS =
      Set.of(
          Permission.PLACE_ORDERS,
          Permission.MANAGE_OWN_ORDERS,
          Permission.READ_PRODUCTS,
          Permission.MANAGE_OWN_SESSIONS);

  private static final Set<Permission> OPERATOR_PERMISSIONS =
      Set.of(
          Permission.READ_ALL_ORDERS,
          Permission.MANAGE_ORDERS,
          Permission.READ_SALES_REPORTS,
          Permission.READ_EVENTS,
          Permission.READ_PRODUCTS,
          Permission.MANAGE_OWN_SESSIONS);

  /** Returns whether users with this role have a permission. */
  public boolean grants(Permission permission) {
    return switch (this) {
      case CUSTOMER -> CUSTOMER_PERMISSIONS.contains(permission);
      case OPERATOR -> OPERATOR_PERMISSIONS.contains(permission);
      case ADMIN -> true;
    };
  }
}
