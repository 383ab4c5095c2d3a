package kassa.adapters.persistence;

import java.time.Duration;

/**
 * How many connections there are, and how long each thing may take.
 *
 * @param url as it was configured
 * @param connections the most connections
 * @param longestWait for a free connection
 * @param longestConnect for a new one, in whole seconds
 * @param longestStatement for the answer to one statement
 * @param longestSilence for anything from the database at all, in whole seconds
 */
record PoolSettings(
    String url,
    int connections,
    Duration longestWait,
    Duration longestConnect,
    Duration longestStatement,
    Duration longestSilence) {

  static PoolSettings ofRequests(Persistence.Config config) {
    return new PoolSettings(
        config.url(),
        config.poolSize(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(15));
  }

  /** A connection of its own, so that the probe has an answer also when all others are taken. */
  static PoolSettings ofProbe(Persistence.Config config) {
    return new PoolSettings(
        config.url(),
        1,
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }
}
