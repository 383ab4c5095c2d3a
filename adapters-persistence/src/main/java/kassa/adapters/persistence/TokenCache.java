package kassa.adapters.persistence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import kassa.application.port.out.TokenHash;

/**
 * Remembers for a moment what tokens were found to be, and never that a token was not found: who
 * sends many wrong ones would throw the good ones out. May be used by any number of threads, and
 * starts none. See docs/decisions/0097.
 *
 * @param <V> what a token is found to be
 */
final class TokenCache<V> {

  /** How long after it was asked an answer is given: two seconds, less what answering takes. */
  static final Duration LIFE = Duration.ofMillis(1_900);

  /** The most tokens that are remembered: some megabytes. */
  static final int MOST = 10_000;

  private record Kept<V>(V value, long askedAt) {}

  private final Ticker ticker;
  private final Cache<TokenHash, Kept<V>> cache;

  /** How often something was forgotten; guarded by this. */
  private long forgotten;

  /**
   * @param ticker the nanoseconds that pass
   */
  TokenCache(Ticker ticker) {
    this.ticker = ticker;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(LIFE)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * What a token is.
   *
   * @param ask tells it if it is not remembered; several threads may ask for one token at once
   */
  Optional<V> find(TokenHash token, Function<TokenHash, Optional<V>> ask) {
    long now = ticker.read();
    Kept<V> kept = cache.getIfPresent(token);
    // An answer is as old as its question: what took long to answer is not new when it is kept.
    if (kept != null && now - kept.askedAt() < LIFE.toNanos()) {
      return Optional.of(kept.value());
    }
    long seen = forgotten();
    Optional<V> found = ask.apply(token);
    found.ifPresent(value -> keep(token, new Kept<>(value, now), seen));
    return found;
  }

  /**
   * Forgets all such, and those that others are just asking for. To be called behind the change
   * that made them untrue, whatever came of it.
   */
  synchronized void forget(Predicate<? super V> which) {
    forgotten++;
    cache.asMap().values().removeIf(kept -> which.test(kept.value()));
  }

  private synchronized long forgotten() {
    return forgotten;
  }

  /** What was asked before something was forgotten may be of before the change: it is not kept. */
  private synchronized void keep(TokenHash token, Kept<V> kept, long seen) {
    if (forgotten == seen) {
      cache.put(token, kept);
    }
  }
}
