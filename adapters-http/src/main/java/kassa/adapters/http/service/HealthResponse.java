package kassa.adapters.http.service;

/**
 * Response of the liveness and readiness checks.
 *
 * @param status {@code live} or {@code ready}
 */
public record HealthResponse(String status) {}
