package kassa.application.idempotency;

/**
 * Stored response of a completed request with an idempotency key.
 *
 * @param key the idempotency key
 * @param fingerprint identifies the request and its content: equal for equal requests only
 * @param response the response
 */
public record IdempotencyRecord(IdempotencyKey key, String fingerprint, StoredResponse response) {}
