package kassa.adapters.persistence.jdbc;

import java.time.Duration;

/**
 * Size and timeouts of a connection pool.
 *
 * @param url the configured URL
 * @param maxConnections maximum number of connections, besides one for the health probe
 * @param acquireTimeout maximum wait for a free connection
 * @param connectTimeout maximum time to open a connection, in whole seconds
 * @param statementTimeout maximum duration of a statement
 * @param socketTimeout maximum time without data from the database, in whole seconds
 */
public record PoolSettings(
    String url,
    int maxConnections,
    Duration acquireTimeout,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration socketTimeout) {

  /** Settings of the pool that serves requests. */
  public static PoolSettings forRequests(String url, int maxConnections) {
    return new PoolSettings(
        url,
        maxConnections,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15));
  }
}
