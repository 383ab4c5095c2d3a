package kassa.domain.identity;

/** Permission of a caller. The names are written to the audit log when access is denied. */
public enum Permission {
  /** Price carts and place orders. */
  PLACE_ORDERS,
  /** Send the prices of an order, instead of using the prices of the catalogue. */
  SET_PRICES,
  /** Place orders with a time in the past. */
  IMPORT_ORDERS,
  /** Place orders for any customer. Without it, callers place orders for themselves only. */
  ORDER_FOR_OTHERS,
  /** Read and cancel the caller's own orders. */
  MANAGE_OWN_ORDERS,
  /** Read all orders. */
  READ_ALL_ORDERS,
  /** Change the status of all orders, and refund them. */
  MANAGE_ORDERS,
  /**
   * Read events, together with the permission to read what they are about: orders, rules, products
   * or users.
   */
  READ_EVENTS,
  /** Read webhook endpoints and their deliveries. */
  READ_WEBHOOKS,
  /** Manage webhook endpoints for events that the caller may read. */
  WRITE_WEBHOOKS,
  /** Read sales reports. */
  READ_SALES_REPORTS,
  /** Read the metrics of the process. */
  READ_METRICS,
  /** Read rules, their usage, and codes. */
  READ_RULES,
  /** Write rules and issue codes. */
  WRITE_RULES,
  /** Read the catalogue. */
  READ_PRODUCTS,
  /** Change the catalogue. */
  WRITE_PRODUCTS,
  /** Request what-if quotes: at another time, under other rules, or with other customer data. */
  CREATE_WHAT_IF_QUOTES,
  /** Manage the caller's own sessions and password. */
  MANAGE_OWN_SESSIONS,
  /** Manage users and API keys, and read the audit log. */
  ADMINISTER
}
