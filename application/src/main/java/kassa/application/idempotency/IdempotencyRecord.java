package kassa.application.idempotency;

/**
 * The answer to a call with a key.
 *
 * @param key names the call
 * @param fingerprint what was called, and with what: the same text for the same request and no
 *     other
 * @param response what was answered
 */
public record IdempotencyRecord(IdempotencyKey key, String fingerprint, StoredResponse response) {}
