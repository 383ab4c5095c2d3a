package kassa.adapters.http;

/**
 * How much is let in at once. Requests beyond it are refused, connections wait.
 *
 * @param maxRequests the most requests that do one thing, 1 or more
 * @param maxBulkRequests the most batches, imports, exports and reports, 1 or more
 * @param maxConnections the most connections, 1 or more
 */
public record HttpLimits(int maxRequests, int maxBulkRequests, int maxConnections) {

  /**
   * @throws IllegalArgumentException if a limit is below 1
   */
  public HttpLimits {
    if (maxRequests < 1 || maxBulkRequests < 1 || maxConnections < 1) {
      throw new IllegalArgumentException("every limit must be 1 or more");
    }
  }
}
