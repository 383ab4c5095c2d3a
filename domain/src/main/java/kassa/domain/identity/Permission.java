package kassa.domain.identity;

/** What a caller may do. */
public enum Permission {
  /** Price carts and place orders. */
  PLACE_ORDERS,
  /** Say oneself what things cost, instead of taking the prices of the catalogue. */
  SET_PRICES,
  /** Say for whom an order is placed. Who may not places orders for themselves. */
  ORDER_FOR_OTHERS,
  /** See the orders that one has placed, and cancel them. */
  SEE_OWN_ORDERS,
  /** See all orders. */
  SEE_ALL_ORDERS,
  /** Lead all orders through their life, and give money back. */
  MOVE_ORDERS,
  /** Sum up what was sold. */
  REPORT_SALES,
  /** See rules, what is used of them, and codes. */
  SEE_RULES,
  /** Write rules and issue codes. */
  WRITE_RULES,
  /** See the catalogue. */
  SEE_PRODUCTS,
  /** Change the catalogue. */
  WRITE_PRODUCTS,
  /** Ask what carts would cost: at another time, under other rules, for a made up customer. */
  TRY_OUT,
  /** Manage one's own sessions and password. */
  OWN_SESSIONS,
  /** Manage users and keys, and read what happened to them. */
  ADMINISTER
}
