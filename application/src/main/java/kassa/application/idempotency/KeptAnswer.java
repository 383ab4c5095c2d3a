package kassa.application.idempotency;

/**
 * The answer to a call with a key.
 *
 * @param key names the call
 * @param request what was called, and with what: the same text for the same request and no other
 * @param answer what was answered
 */
public record KeptAnswer(IdempotencyKey key, String request, Answer answer) {}
