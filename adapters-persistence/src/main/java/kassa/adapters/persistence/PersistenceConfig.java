package kassa.adapters.persistence;

/**
 * Where the database is and how many connections to it there are.
 *
 * @param url {@code jdbc:h2:} and the path of a file, or {@code jdbc:postgresql:...}; may hold a
 *     password
 * @param poolSize the connections that serve requests, 1 to 200
 */
public record PersistenceConfig(String url, int poolSize) {

  private static final int MAX_POOL_SIZE = 200;

  /**
   * @throws IllegalArgumentException if the pool's size is out of range
   */
  public PersistenceConfig {
    if (poolSize < 1 || poolSize > MAX_POOL_SIZE) {
      throw new IllegalArgumentException("poolSize must be from 1 to " + MAX_POOL_SIZE);
    }
  }

  /** The size alone: the url may hold a password. */
  @Override
  public String toString() {
    return "Config[poolSize=" + poolSize + "]";
  }
}
