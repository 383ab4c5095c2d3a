package kassa.adapters.http;

import java.time.Duration;

/**
 * Limits of concurrent work. Requests over a limit are rejected; connections over the limit wait.
 *
 * @param maxRequests the maximum of concurrent single requests, 1 or more
 * @param maxBulkRequests the maximum of concurrent batches, imports, exports and reports, 1 or more
 * @param maxConnections the maximum of open connections, 1 or more
 * @param maxConnectionsPerAddress the maximum of open connections of one remote address that is not
 *     a trusted proxy, 1 or more
 * @param shutdownTimeout how long running requests may take when the server is closed
 */
public record HttpLimits(
    int maxRequests,
    int maxBulkRequests,
    int maxConnections,
    int maxConnectionsPerAddress,
    Duration shutdownTimeout) {

  /**
   * @throws IllegalArgumentException if a maximum is below 1
   */
  public HttpLimits {
    if (maxRequests < 1
        || maxBulkRequests < 1
        || maxConnections < 1
        || maxConnectionsPerAddress < 1) {
      throw new IllegalArgumentException("every limit must be 1 or more");
    }
  }
}
