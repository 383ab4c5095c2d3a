package kassa.application.idempotency;

import java.util.function.Function;

/**
 * A call with a key, whose answer is to be kept with what it does.
 *
 * @param <T> what the call makes
 * @param key names the call
 * @param fingerprint what was called, and with what: the same text for the same request and no
 *     other
 * @param responseOf makes the answer of what is made; called before that is durable, once or more
 */
public record IdempotentRequest<T>(
    IdempotencyKey key, String fingerprint, Function<T, StoredResponse> responseOf) {

  /** The answer that is to be kept. */
  public IdempotencyRecord toRecord(T made) {
    return new IdempotencyRecord(key, fingerprint, responseOf.apply(made));
  }
}
