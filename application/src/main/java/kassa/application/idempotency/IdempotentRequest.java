package kassa.application.idempotency;

import java.util.function.Function;

/**
 * Request with an idempotency key, whose response is stored in the same transaction as its effect.
 *
 * @param <T> the result of the request
 * @param key the idempotency key
 * @param fingerprint identifies the request and its content: equal for equal requests only
 * @param responseOf creates the response from the result; called once or more, before the result is
 *     durable
 */
public record IdempotentRequest<T>(
    IdempotencyKey key, String fingerprint, Function<T, StoredResponse> responseOf) {

  /** Creates the record to store for a result. */
  public IdempotencyRecord toRecord(T result) {
    return new IdempotencyRecord(key, fingerprint, responseOf.apply(result));
  }
}
