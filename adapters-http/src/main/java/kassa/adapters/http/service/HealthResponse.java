package kassa.adapters.http.service;

/**
 * How the server is.
 *
 * @param status {@code live} or {@code ready}
 */
public record HealthResponse(String status) {}
