package kassa.adapters.http.service;

/**
 * Response of {@code GET /health}, the oldest health endpoint.
 *
 * @param message text for people
 * @param status the HTTP status
 */
public record StatusResponse(String message, int status) {}
