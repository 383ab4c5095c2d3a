package kassa.application.idempotency;

import java.util.function.Function;

/**
 * A call with a key, whose answer is to be kept with what it does.
 *
 * @param <T> what the call makes
 * @param key names the call
 * @param request what was called, and with what: the same text for the same request and no other
 * @param answer makes the answer of what is made; called before that is durable, once or more
 */
public record KeyedCall<T>(IdempotencyKey key, String request, Function<T, Answer> answer) {

  /** The answer that is to be kept. */
  public KeptAnswer keep(T made) {
    return new KeptAnswer(key, request, answer.apply(made));
  }
}
