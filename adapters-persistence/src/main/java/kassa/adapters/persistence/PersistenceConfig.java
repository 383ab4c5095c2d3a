package kassa.adapters.persistence;

/**
 * Database URL and size of the connection pool.
 *
 * @param url {@code jdbc:h2:} and the path of a file, or {@code jdbc:postgresql:...}; may contain a
 *     password
 * @param poolSize number of connections for requests, 1 to 200
 */
public record PersistenceConfig(String url, int poolSize) {

  private static final int MAX_POOL_SIZE = 200;

  /**
   * @throws IllegalArgumentException if the pool size is out of range
   */
  public PersistenceConfig {
    if (poolSize < 1 || poolSize > MAX_POOL_SIZE) {
      throw new IllegalArgumentException("poolSize must be from 1 to " + MAX_POOL_SIZE);
    }
  }

  /** Without the URL, which may contain a password. */
  @Override
  public String toString() {
    return "PersistenceConfig[poolSize=" + poolSize + "]";
  }
}
