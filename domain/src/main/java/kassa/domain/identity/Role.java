package kassa.domain.identity;

import java.util.Set;

/** What a person is to the shop. */
public enum Role {
  /** Buys: prices and places orders for themselves, at the prices of the catalogue. */
  CUSTOMER,
  /** Works in the shop: leads all orders through their life, and reports. */
  OPERATOR,
  /** May do all of it. */
  ADMIN;

  private static final Set<Permission> CUSTOMER_PERMISSIONS =
      Set.of(
          Permission.PLACE_ORDERS,
          Permission.SEE_OWN_ORDERS,
          Permission.SEE_PRODUCTS,
          Permission.OWN_SESSIONS);

  private static final Set<Permission> OPERATOR_PERMISSIONS =
      Set.of(
          Permission.SEE_ALL_ORDERS,
          Permission.MOVE_ORDERS,
          Permission.REPORT_SALES,
          Permission.SEE_PRODUCTS,
          Permission.OWN_SESSIONS);

  /** Whether such a person may do this. */
  public boolean grants(Permission permission) {
    return switch (this) {
      case CUSTOMER -> CUSTOMER_PERMISSIONS.contains(permission);
      case OPERATOR -> OPERATOR_PERMISSIONS.contains(permission);
      case ADMIN -> true;
    };
  }
}
