package kassa.adapters.http;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import kassa.application.UseCases;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.port.in.CallOnce;

/**
 * Calls with a key of which something comes between their begin and what they do.
 *
 * @param once begins them
 * @param meanwhile what comes between, once
 */
record OvertakenCalls(CallOnce once, AtomicReference<Runnable> meanwhile) implements CallOnce {

  OvertakenCalls(CallOnce once) {
    this(once, new AtomicReference<>(() -> {}));
  }

  static UseCases in(UseCases useCases, OvertakenCalls calls) {
    return Replaced.in(useCases, Map.of("callOnce", calls));
  }

  @Override
  public Beginning begin(IdempotencyKey key, String request) {
    Beginning beginning = once.begin(key, request);
    meanwhile.getAndSet(() -> {}).run();
    return beginning;
  }

  @Override
  public int forgetOld() {
    return once.forgetOld();
  }
}
