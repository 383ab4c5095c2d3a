package kassa.adapters.http.message;

/**
 * How the server is.
 *
 * @param status {@code live} or {@code ready}
 */
public record HealthResponse(String status) {}
