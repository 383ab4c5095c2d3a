package kassa.application.port.in.webhook;

import java.time.Duration;
import java.util.Optional;
import kassa.application.port.in.Slice;
import kassa.application.port.in.identity.ClientInfo;
import kassa.domain.event.EventPosition;
import kassa.domain.webhook.Delivery;
import kassa.domain.webhook.DeliveryAttempt;
import kassa.domain.webhook.DeliveryId;
import kassa.domain.webhook.DeliveryState;
import kassa.domain.webhook.EndpointStatus;
import kassa.domain.webhook.WebhookContent;
import kassa.domain.webhook.WebhookEndpointId;
import org.jspecify.annotations.Nullable;

/**
 * Manages webhook endpoints and their deliveries. Who creates or changes an endpoint must have the
 * permission to read all events that it selects; otherwise {@link
 * kassa.application.port.in.AccessDeniedException} is thrown.
 */
public interface ManageWebhooks {

  /** The maximum number of endpoints. */
  int MAX_ENDPOINTS = 50;

  /** The maximum time that an old secret stays valid after a rotation, if a time is given. */
  Duration MAX_KEEP_OLD = Duration.ofDays(30);

  /** Lists endpoints in their order of creation. */
  Slice<EndpointStatus> list(@Nullable WebhookEndpointId after, int limit);

  /** Returns an endpoint, or empty if it does not exist. */
  Optional<EndpointStatus> find(WebhookEndpointId id);

  /**
   * Creates an endpoint. It receives the events from now on.
   *
   * @return {@link Outcome.Done} with the new secret, {@link Outcome.UrlRefused} or {@link
   *     Outcome.TooManyEndpoints}
   */
  Outcome create(WebhookContent content, ClientInfo client);

  /**
   * Changes the content of an endpoint.
   *
   * @param version the expected version (optimistic locking)
   */
  Outcome change(WebhookEndpointId id, int version, WebhookContent content, ClientInfo client);

  /** Deletes an endpoint and its deliveries. Returns whether it existed. */
  boolean delete(WebhookEndpointId id, ClientInfo client);

  /** Pauses an endpoint: its events wait. Idempotent. */
  Outcome pause(WebhookEndpointId id, ClientInfo client);

  /** Resumes an endpoint: it goes on where it stopped. Idempotent. */
  Outcome resume(WebhookEndpointId id, ClientInfo client);

  /**
   * Generates a new secret.
   *
   * @param keepOldFor how long the old secret signs, too, from zero to {@link #MAX_KEEP_OLD};
   *     {@code null} if until it is removed
   * @return {@link Outcome.Done} with the new secret, {@link Outcome.NotFound} or {@link
   *     Outcome.TooManySecrets}
   */
  Outcome rotateSecret(WebhookEndpointId id, @Nullable Duration keepOldFor, ClientInfo client);

  /**
   * Removes an old secret.
   *
   * @param number the number of the secret
   * @return {@link Outcome.NotFound} if there is no such secret, or if it is the newest one
   */
  Outcome removeSecret(WebhookEndpointId id, int number, ClientInfo client);

  /**
   * Lists deliveries, newest first.
   *
   * @param before list deliveries before this one; {@code null} to start at the newest
   * @param state only deliveries in this state; {@code null} for all
   */
  Slice<Delivery> deliveries(
      WebhookEndpointId id, @Nullable DeliveryId before, @Nullable DeliveryState state, int limit);

  /**
   * Sends an event again, with the same id, before later events of its subject.
   *
   * @return the delivery; empty if it does not exist
   */
  Optional<Delivery> resend(WebhookEndpointId id, DeliveryId delivery, ClientInfo client);

  /**
   * Sends all selected events after a position again.
   *
   * @return {@link Outcome.Done} or {@link Outcome.NotFound}
   */
  Outcome replay(WebhookEndpointId id, EventPosition after, ClientInfo client);

  /**
   * Sends a test event at once, also to a paused endpoint, and waits for the answer.
   *
   * @return the attempt; empty if the endpoint does not exist
   */
  Optional<DeliveryAttempt> test(WebhookEndpointId id);

  /** Result of a change. */
  sealed interface Outcome {

    /**
     * The change was made.
     *
     * @param status the endpoint after the change
     * @param secret the new secret; {@code null} if none was generated
     */
    record Done(EndpointStatus status, @Nullable String secret) implements Outcome {

      /** Returns a text without the secret. */
      @Override
      public String toString() {
        return "Done[" + status.endpoint().id() + "]";
      }
    }

    /** The endpoint, or its part, does not exist. */
    record NotFound() implements Outcome {}

    /** The endpoint has another version. */
    record VersionConflict() implements Outcome {}

    /** There are {@value #MAX_ENDPOINTS} endpoints. */
    record TooManyEndpoints() implements Outcome {}

    /** Two secrets are live: one must be removed first. */
    record TooManySecrets() implements Outcome {}

    /**
     * Kassa may not connect to the address.
     *
     * @param reason the reason
     */
    record UrlRefused(UrlProblem reason) implements Outcome {}
  }

  /** Why an address is refused. */
  enum UrlProblem {
    /** The host is unknown. */
    UNKNOWN_HOST,
    /** The host has an address in a network that is not allowed, such as a private one. */
    ADDRESS_NOT_ALLOWED,
    /** Without TLS, only hosts in the networks that the operator lists are allowed. */
    HTTPS_REQUIRED
  }
}
