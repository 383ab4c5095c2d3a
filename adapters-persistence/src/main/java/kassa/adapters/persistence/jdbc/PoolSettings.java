package kassa.adapters.persistence.jdbc;

import java.time.Duration;

/**
 * How many connections there are, and how long each thing may take.
 *
 * @param url as it was configured
 * @param maxConnections the most connections
 * @param acquireTimeout for a free connection
 * @param connectTimeout for a new one, in whole seconds
 * @param statementTimeout for the answer to one statement
 * @param socketTimeout for anything from the database at all, in whole seconds
 */
public record PoolSettings(
    String url,
    int maxConnections,
    Duration acquireTimeout,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration socketTimeout) {

  public static PoolSettings forRequests(String url, int maxConnections) {
    return new PoolSettings(
        url,
        maxConnections,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15));
  }

  /** A connection of its own, so that the probe has an answer also when all others are taken. */
  public static PoolSettings forProbe(String url) {
    return new PoolSettings(
        url,
        1,
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }
}
