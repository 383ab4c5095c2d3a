package kassa.adapters.http.service;

/**
 * Response of the liveness, readiness and startup checks.
 *
 * @param status {@code live}, {@code ready} or {@code started}
 */
public record HealthResponse(String status) {}
