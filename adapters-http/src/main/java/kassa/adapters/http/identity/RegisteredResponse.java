package kassa.adapters.http.identity;

/**
 * Response of a registration. It is the same for new and existing users, so that clients cannot
 * find out who is registered.
 *
 * @param message the next step for the user
 */
public record RegisteredResponse(String message) {}
