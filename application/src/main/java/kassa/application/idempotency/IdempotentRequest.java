package kassa.application.idempotency;

import java.time.Instant;
import java.util.Optional;

/**
 * Identity of a request with an idempotency key.
 *
 * @param key the idempotency key
 * @param fingerprint identifies the request and its content: equal for equal requests only
 */
public record IdempotentRequest(IdempotencyKey key, String fingerprint) {

  /** Creates the record of this request, completed with a result. */
  public IdempotencyRecord toRecord(IdempotencyRecord.Result result, Instant at) {
    return new IdempotencyRecord(this, at, result);
  }

  /** Returns how another request with the same key differs; empty if it is the same request. */
  public Optional<RequestFingerprint.Difference> difference(IdempotentRequest other) {
    return RequestFingerprint.difference(fingerprint, other.fingerprint);
  }
}
