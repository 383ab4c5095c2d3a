package kassa.adapters.http.identity;

/**
 * What is answered to everybody who registers, so that nobody learns who is registered.
 *
 * @param message what to do next
 */
public record RegisteredResponse(String message) {}
