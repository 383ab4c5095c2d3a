package kassa.application.telemetry;

/** Events that are counted since the start of the process. */
public enum Counter {
  /** Orders placed. */
  ORDERS_PLACED,
  /** Orders refused: a code does not apply. */
  ORDERS_CODES_REJECTED,
  /** Orders refused: the price is not the expected one. */
  ORDERS_PRICE_CHANGED,
  /** Orders refused: a product is unknown, inactive or has another currency. */
  ORDERS_UNAVAILABLE_ITEMS,
  /** Orders refused: the cart is invalid with its prices. */
  ORDERS_INVALID_CART,
  /** Orders refused: the time of the order is in the future. */
  ORDERS_PLACED_IN_FUTURE,
  /** Orders refused: a limit is exhausted. */
  ORDERS_LIMIT_EXHAUSTED,
  /** Orders refused: concurrent orders used up the same limits. */
  ORDERS_CONCURRENT_UPDATE,
  /** Limits that refused an order when it was stored; it is priced again. */
  LIMIT_REFUSALS,
  /** Failed logins: wrong email or password. */
  LOGINS_INVALID_CREDENTIALS,
  /** Failed logins: too many attempts. */
  LOGINS_TOO_MANY_ATTEMPTS,
  /** Failed logins: too many password checks at the same time. */
  LOGINS_OVERLOADED,
  /** Requests rejected by the rate limit of their caller. */
  REQUESTS_RATE_LIMITED,
  /** Webhook attempts that the receiver accepted. */
  WEBHOOK_ATTEMPTS_ACCEPTED,
  /** Webhook attempts that failed. */
  WEBHOOK_ATTEMPTS_FAILED,
  /** Waits for a database connection that ended without one. */
  CONNECTION_TIMEOUTS,
  /** Waits for a connection to the standby that ended without one. */
  STANDBY_CONNECTION_TIMEOUTS
}
