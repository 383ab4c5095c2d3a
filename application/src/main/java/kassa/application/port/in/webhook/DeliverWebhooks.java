package kassa.application.port.in.webhook;

import java.time.Duration;
import kassa.application.port.out.StoreUnavailableException;

/**
 * Delivers events to webhook endpoints, in the background. Several nodes share the endpoints: each
 * endpoint is served by one node at a time. Thread-safe.
 */
public interface DeliverWebhooks extends AutoCloseable {

  /**
   * Starts to serve the endpoints that no node serves. To be called every second or so. It starts
   * no thread while there are none. If the store cannot be used, a later call tries again.
   */
  void takeEndpoints();

  /**
   * Deletes the log of deliveries that ended longer ago than the retention.
   *
   * @return the number of deleted deliveries
   * @throws StoreUnavailableException if the store cannot be used
   */
  int purge(Duration retention);

  /**
   * Starts no more deliveries, waits for those in progress, at most about ten seconds, and leaves
   * the endpoints to other nodes.
   */
  @Override
  void close();
}
