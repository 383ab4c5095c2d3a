package kassa.application.port.out.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kassa.application.port.out.StoreUnavailableException;
import kassa.domain.event.EventPosition;
import kassa.domain.webhook.CircuitBreaker;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.PauseReason;
import kassa.domain.webhook.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/**
 * Store of deliveries. One node at a time delivers to an endpoint: the one that holds its lease,
 * whose time the store measures. Thread-safe. Every method throws {@link StoreUnavailableException}
 * when the store cannot be used. Writes are durable when the method returns.
 */
public interface DeliveryStore {

  /** Returns the endpoints that are not paused, and whose lease this node could take or renew. */
  List<WebhookEndpointId> available(UUID node);

  /**
   * Takes or renews the lease of an endpoint.
   *
   * @param node the node
   * @param duration how long the lease is valid
   * @return the endpoint; empty if it does not exist, is paused, or belongs to another node
   */
  Optional<EndpointStatus> lease(WebhookEndpointId endpoint, UUID node, Duration duration);

  /** Gives the lease of an endpoint back, if this node holds it. */
  void release(WebhookEndpointId endpoint, UUID node);

  /**
   * Returns deliveries whose next attempt is due, the longest waiting first: at most one of each
   * subject, its oldest pending one.
   *
   * @param except subjects without those
   */
  List<Delivery> due(WebhookEndpointId endpoint, Instant now, Collection<String> except, int limit);

  /** Returns when the next delivery is due; {@code null} if none is pending. */
  @Nullable Instant nextDue(WebhookEndpointId endpoint, Collection<String> except);

  /**
   * Stores the results of a round in one transaction, and renews the lease. A new delivery of an
   * event that the endpoint had before makes that delivery pending again.
   *
   * @return whether the node still held the lease; otherwise nothing is stored
   */
  boolean store(Round round);

  /**
   * Lists deliveries, newest first, with their attempts.
   *
   * @param before list deliveries before this one; {@code null} to start at the newest
   * @param state only deliveries in this state; {@code null} for all
   */
  List<Delivery> list(
      WebhookEndpointId endpoint,
      @Nullable DeliveryId before,
      @Nullable DeliveryState state,
      int limit);

  /**
   * Makes a delivery pending again, due at a time.
   *
   * @return the delivery; empty if the endpoint has no such delivery
   */
  Optional<Delivery> resend(WebhookEndpointId endpoint, DeliveryId delivery, Instant at);

  /**
   * Deletes deliveries that ended before a time, and those of deleted endpoints, with their
   * attempts.
   *
   * @param limit the maximum number of deliveries
   * @return the number of deleted deliveries
   */
  int purge(Instant before, int limit);

  /**
   * What a node did for an endpoint.
   *
   * @param endpoint the endpoint
   * @param node the node
   * @param lease how long the lease is valid from now
   * @param created new deliveries
   * @param position the new position of the endpoint; {@code null} if it stays, or if the endpoint
   *     was moved since {@code from}
   * @param from the position that the new deliveries were read after
   * @param results the results of attempts
   * @param breaker the circuit breaker
   * @param pauseReason why the endpoint is paused now; {@code null} if it is not
   */
  record Round(
      WebhookEndpointId endpoint,
      UUID node,
      Duration lease,
      List<Delivery> created,
      @Nullable EventPosition position,
      EventPosition from,
      List<Result> results,
      CircuitBreaker breaker,
      @Nullable PauseReason pauseReason) {

    /** Copies the lists. */
    public Round {
      created = List.copyOf(created);
      results = List.copyOf(results);
    }
  }

  /**
   * Result of an attempt.
   *
   * @param delivery the delivery before the attempt
   * @param attempt the attempt
   * @param state the state after it
   * @param progress the progress after it
   */
  record Result(
      Delivery delivery,
      DeliveryAttempt attempt,
      DeliveryState state,
      Delivery.Progress progress) {}
}
