package kassa.adapters.telemetry.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.Step;

/**
 * Name, help and labels of a time series. Names of metrics of HTTP, databases and the JVM are those
 * of the OpenTelemetry semantic conventions, in the form of Prometheus.
 *
 * @param name the name of the metric, without {@code _total} for counters
 */
record Series(String name, String help, Labels labels) {

  private static final String POOL = "db_client_connection_pool_name";
  private static final String STATE = "db_client_connection_state";
  private static final String PRIMARY = "primary";
  private static final String STANDBY = "standby";

  static Series of(Counter counter) {
    return switch (counter) {
      case ORDERS_PLACED ->
          new Series("kassa_orders_placed", "Orders placed on this node.", Labels.EMPTY);
      case ORDERS_CODES_REJECTED -> refusedOrders("code_rejected");
      case ORDERS_PRICE_CHANGED -> refusedOrders("price_changed");
      case ORDERS_UNAVAILABLE_ITEMS -> refusedOrders("unavailable_items");
      case ORDERS_INVALID_CART -> refusedOrders("invalid_cart");
      case ORDERS_PLACED_IN_FUTURE -> refusedOrders("placed_in_future");
      case ORDERS_LIMIT_EXHAUSTED -> refusedOrders("limit_exhausted");
      case ORDERS_CONCURRENT_UPDATE -> refusedOrders("concurrent_update");
      case LIMIT_REFUSALS ->
          new Series(
              "kassa_limit_refusals",
              "Orders whose discount exceeded a limit when they were stored; they are priced"
                  + " again.",
              Labels.EMPTY);
      case LOGINS_INVALID_CREDENTIALS -> failedLogins("invalid_credentials");
      case LOGINS_TOO_MANY_ATTEMPTS -> failedLogins("too_many_attempts");
      case LOGINS_OVERLOADED -> failedLogins("overloaded");
      case REQUESTS_RATE_LIMITED ->
          new Series(
              "kassa_requests_rate_limited",
              "Requests rejected by the rate limit of their caller.",
              Labels.EMPTY);
      case WEBHOOK_ATTEMPTS_ACCEPTED -> webhookAttempts("accepted");
      case WEBHOOK_ATTEMPTS_FAILED -> webhookAttempts("failed");
      case CONNECTION_TIMEOUTS -> connectionTimeouts(PRIMARY);
      case STANDBY_CONNECTION_TIMEOUTS -> connectionTimeouts(STANDBY);
    };
  }

  static Series of(Gauge gauge) {
    return switch (gauge) {
      case CONNECTIONS_USED -> connections(PRIMARY, "used");
      case CONNECTIONS_IDLE -> connections(PRIMARY, "idle");
      case CONNECTIONS_MAX -> maxConnections(PRIMARY);
      case CONNECTIONS_PENDING -> pendingConnections(PRIMARY);
      case STANDBY_CONNECTIONS_USED -> connections(STANDBY, "used");
      case STANDBY_CONNECTIONS_IDLE -> connections(STANDBY, "idle");
      case STANDBY_CONNECTIONS_MAX -> maxConnections(STANDBY);
      case STANDBY_CONNECTIONS_PENDING -> pendingConnections(STANDBY);
      case WRITE_QUEUE_LENGTH ->
          new Series(
              "kassa_write_queue_length",
              "Orders that wait for the next transaction.",
              Labels.EMPTY);
      case DATABASE_FILE_BYTES ->
          new Series(
              "kassa_database_file_size_bytes",
              "Size of the file of the embedded database.",
              Labels.EMPTY);
    };
  }

  static Series of(Step step) {
    return switch (step) {
      case PRICING ->
          new Series(
              "kassa_pricing_duration_seconds",
              "Pricing of a cart, for a quote or an order.",
              Labels.EMPTY);
      case GROUP_WAIT ->
          new Series(
              "kassa_group_wait_duration_seconds",
              "Wait of an order until its transaction begins.",
              Labels.EMPTY);
      case COMMIT ->
          new Series(
              "kassa_group_commit_duration_seconds",
              "Transaction of a group of orders, until it is durable.",
              Labels.EMPTY);
      case CONNECTION_WAIT -> connectionWait(PRIMARY);
      case STANDBY_CONNECTION_WAIT -> connectionWait(STANDBY);
    };
  }

  private static Series refusedOrders(String reason) {
    return new Series("kassa_orders_refused", "Orders refused.", Labels.of("reason", reason));
  }

  private static Series failedLogins(String reason) {
    return new Series("kassa_login_failures", "Failed logins.", Labels.of("reason", reason));
  }

  private static Series webhookAttempts(String outcome) {
    return new Series(
        "kassa_webhook_attempts", "Attempts to deliver a webhook.", Labels.of("outcome", outcome));
  }

  private static Series connectionTimeouts(String pool) {
    return new Series(
        "db_client_connection_timeouts",
        "Waits for a database connection that ended without one.",
        Labels.of(POOL, pool));
  }

  private static Series connections(String pool, String state) {
    return new Series(
        "db_client_connection_count",
        "Open database connections by state.",
        Labels.of(POOL, pool, STATE, state));
  }

  private static Series maxConnections(String pool) {
    return new Series(
        "db_client_connection_max", "Maximum of open database connections.", Labels.of(POOL, pool));
  }

  private static Series pendingConnections(String pool) {
    return new Series(
        "db_client_connection_pending_requests",
        "Threads that wait for a database connection.",
        Labels.of(POOL, pool));
  }

  private static Series connectionWait(String pool) {
    return new Series(
        "db_client_connection_wait_time_seconds",
        "Wait for a database connection.",
        Labels.of(POOL, pool));
  }
}
