package kassa.application.port.out.webhook;

import java.util.List;
import java.util.Optional;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.event.EventPosition;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.WebhookEndpoint;
import kassa.domain.webhook.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/**
 * Store of webhook endpoints. Thread-safe. Every method throws {@link StoreUnavailableException}
 * when the store cannot be used. Writes are durable when the method returns.
 */
public interface WebhookStore {

  /**
   * Adds an endpoint.
   *
   * @param start it receives the events after this position
   * @param max the maximum number of endpoints
   * @return whether it was added, because there were fewer
   */
  boolean add(WebhookEndpoint endpoint, EventPosition start, int max);

  /** Returns an endpoint, or empty if it does not exist. */
  Optional<EndpointStatus> find(WebhookEndpointId id);

  /**
   * Lists endpoints in ascending order of their ids.
   *
   * @param after list endpoints after this id; {@code null} to start at the first
   */
  List<EndpointStatus> list(@Nullable WebhookEndpointId after, int limit);

  /**
   * Replaces an endpoint whose stored version is the one before. A resumed endpoint gets a closed
   * circuit breaker, and its failed deliveries are due at once.
   *
   * @return whether it had this version
   */
  boolean update(WebhookEndpoint endpoint);

  /** Sets the position of an endpoint. Returns whether the endpoint exists. */
  boolean moveTo(WebhookEndpointId id, EventPosition position);

  /** Deletes an endpoint. Its deliveries are deleted by {@link DeliveryStore#purge}. */
  boolean delete(WebhookEndpointId id);
}
