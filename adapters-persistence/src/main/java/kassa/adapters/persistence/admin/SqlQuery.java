package kassa.adapters.persistence.admin;

import java.time.Duration;

/**
 * A question in SQL.
 *
 * @param sql one statement that changes nothing
 * @param maxRows the most rows to answer, 1 or more
 * @param timeout how long that may take, 1 second or more
 */
public record SqlQuery(String sql, long maxRows, Duration timeout) {

  /**
   * @throws IllegalArgumentException if a limit is out of range
   */
  public SqlQuery {
    if (maxRows < 1 || timeout.toSeconds() < 1) {
      throw new IllegalArgumentException("a question needs a row and a second at least");
    }
  }
}
