package kassa.adapters.persistence;

import org.jspecify.annotations.Nullable;

/**
 * Database URLs and sizes of the connection pools.
 *
 * @param url {@code jdbc:h2:} and the path of a file, or {@code jdbc:postgresql:...}; may contain a
 *     password
 * @param poolSize number of connections for requests, 1 to 200
 * @param readUrl {@code jdbc:postgresql:...} of a standby for lists and reports; {@code null} for
 *     none; may contain a password
 * @param readPoolSize number of connections to the standby, 1 to 200
 */
public record PersistenceConfig(
    String url, int poolSize, @Nullable String readUrl, int readPoolSize) {

  private static final int MAX_POOL_SIZE = 200;

  /**
   * @throws IllegalArgumentException if a pool size is out of range
   */
  public PersistenceConfig {
    requirePoolSize("poolSize", poolSize);
    requirePoolSize("readPoolSize", readPoolSize);
  }

  /**
   * A database without a standby.
   *
   * @throws IllegalArgumentException if the pool size is out of range
   */
  public PersistenceConfig(String url, int poolSize) {
    this(url, poolSize, null, 1);
  }

  private static void requirePoolSize(String name, int size) {
    if (size < 1 || size > MAX_POOL_SIZE) {
      throw new IllegalArgumentException(name + " must be from 1 to " + MAX_POOL_SIZE);
    }
  }

  /** Without the URLs, which may contain a password. */
  @Override
  public String toString() {
    return "PersistenceConfig[poolSize=" + poolSize + ", readPoolSize=" + readPoolSize + "]";
  }
}
