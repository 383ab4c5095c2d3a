package kassa.adapters.http.service;

/**
 * That the server is well, in the words of the oldest of its calls.
 *
 * @param message for people
 * @param status the HTTP status
 */
public record StatusResponse(String message, int status) {}
