package kassa.domain.webhook;

import kassa.domain.event.EventPosition;

/**
 * Endpoint and how far its deliveries are.
 *
 * @param endpoint the endpoint
 * @param position events up to this position were taken for the endpoint
 * @param breaker the circuit breaker
 * @param pending the number of deliveries that wait for an attempt
 */
public record EndpointStatus(
    WebhookEndpoint endpoint, EventPosition position, CircuitBreaker breaker, int pending) {}
