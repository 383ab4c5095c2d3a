package kassa.adapters.persistence.admin;

import java.time.Duration;

/**
 * A read-only SQL query.
 *
 * @param sql one read-only statement
 * @param maxRows maximum number of rows to return, 1 or more
 * @param timeout maximum duration, 1 second or more
 */
public record SqlQuery(String sql, long maxRows, Duration timeout) {

  /** Message for a query that does not fit into the memory of its process. */
  public static final String OUT_OF_MEMORY =
      "the query needs more memory than this command has; ask for less data, use --csv, or give it"
          + " more with --java-opts -Xmx2g";

  /**
   * @throws IllegalArgumentException if a limit is out of range
   */
  public SqlQuery {
    if (maxRows < 1 || timeout.toSeconds() < 1) {
      throw new IllegalArgumentException("maxRows must be 1 or more, and timeout 1 s or more");
    }
  }
}
