package kassa.application.telemetry;

/** Steps of a request that are measured. */
public enum Step {
  /** Prices a cart: codes, usage of limits, and the rules. */
  PRICING,
  /** Waits in the queue of the group commit. */
  GROUP_WAIT,
  /** Writes a group of orders in one transaction, durably. */
  COMMIT,
  /** Waits for a connection to the database. */
  CONNECTION_WAIT,
  /** Waits for a connection to the standby. */
  STANDBY_CONNECTION_WAIT
}
