package kassa.application.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.KeptAnswer;
import kassa.application.port.in.CallOnce;
import kassa.application.port.out.AnswerStore;

/**
 * Remembers which calls are under way on this node, and asks the store for those that are done. Of
 * two nodes that do the same at the same time the store lets only one keep its answer.
 */
public final class OnceOnly implements CallOnce {

  /** How long answers are kept. */
  static final Duration KEPT = Duration.ofDays(2);

  private static final int MOST_AT_ONCE = 1_000;

  private final AnswerStore store;
  private final InstantSource clock;
  private final Map<IdempotencyKey, String> underWay = new ConcurrentHashMap<>();

  public OnceOnly(AnswerStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Beginning begin(IdempotencyKey key, String request) {
    String other = underWay.putIfAbsent(key, request);
    if (other != null) {
      return other.equals(request) ? new Beginning.UnderWay() : new Beginning.OtherRequest();
    }
    Beginning beginning = null;
    try {
      // Looked for behind the mark: whoever was under way before has kept his answer by now.
      beginning =
          store
              .find(key)
              .map(kept -> beginning(kept, request))
              .orElseGet(() -> new Call(key, request));
      return beginning;
    } finally {
      if (!(beginning instanceof Call)) {
        underWay.remove(key);
      }
    }
  }

  @Override
  public int forgetOld() {
    Instant before = clock.instant().minus(KEPT);
    int sum = 0;
    int forgotten;
    do {
      forgotten = store.forget(before, MOST_AT_ONCE);
      sum += forgotten;
    } while (forgotten == MOST_AT_ONCE);
    return sum;
  }

  static Beginning beginning(KeptAnswer kept, String request) {
    return kept.request().equals(request)
        ? new Beginning.Done(kept.answer())
        : new Beginning.OtherRequest();
  }

  private final class Call implements Beginning.Begun {

    private final IdempotencyKey key;
    private final String request;

    private Call(IdempotencyKey key, String request) {
      this.key = key;
      this.request = request;
    }

    @Override
    public KeptAnswer keep(Answer answer) {
      KeptAnswer kept = new KeptAnswer(key, request, answer);
      return store.keep(kept, clock.instant().truncatedTo(ChronoUnit.MICROS))
          ? kept
          : store.find(key).orElse(kept);
    }

    @Override
    public Optional<KeptAnswer> keptMeanwhile() {
      return store.find(key);
    }

    @Override
    public void close() {
      underWay.remove(key);
    }
  }
}
