package kassa.adapters.persistence.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import kassa.application.port.out.identity.TokenHash;

/**
 * Remembers for a moment what tokens were found to be, and never that a token was not found: who
 * sends many wrong ones would throw the good ones out. May be used by any number of threads, and
 * starts none. See docs/decisions/0097.
 *
 * @param <V> what a token is found to be
 */
public final class TokenCache<V> {

  /** How long after it was asked an answer is given: two seconds, less what answering takes. */
  static final Duration TTL = Duration.ofMillis(1_900);

  /** The most tokens that are remembered: some megabytes. */
  static final int MAX_TOKENS = 10_000;

  private record CachedToken<V>(V value, long loadedAt) {}

  private final Ticker ticker;
  private final Cache<TokenHash, CachedToken<V>> cache;

  /** How often something was forgotten; guarded by this. */
  private long invalidations;

  /**
   * @param ticker the nanoseconds that pass
   */
  public TokenCache(Ticker ticker) {
    this.ticker = ticker;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .expireAfterWrite(TTL)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /**
   * What a token is.
   *
   * @param loader tells it if it is not remembered; several threads may ask for one token at once
   */
  Optional<V> getOrLoad(TokenHash token, Function<TokenHash, Optional<V>> loader) {
    long now = ticker.read();
    CachedToken<V> cached = cache.getIfPresent(token);
    // An answer is as old as its question: what took long to answer is not new when it is kept.
    if (cached != null && now - cached.loadedAt() < TTL.toNanos()) {
      return Optional.of(cached.value());
    }
    long invalidationsBefore = invalidations();
    Optional<V> found = loader.apply(token);
    found.ifPresent(
        value -> putIfCurrent(token, new CachedToken<>(value, now), invalidationsBefore));
    return found;
  }

  /**
   * Forgets all such, and those that others are just asking for. To be called behind the change
   * that made them untrue, whatever came of it.
   */
  synchronized void invalidateIf(Predicate<? super V> condition) {
    invalidations++;
    cache.asMap().values().removeIf(kept -> condition.test(kept.value()));
  }

  private synchronized long invalidations() {
    return invalidations;
  }

  /** What was asked before something was forgotten may be of before the change: it is not kept. */
  private synchronized void putIfCurrent(
      TokenHash token, CachedToken<V> entry, long invalidationsBefore) {
    if (invalidations == invalidationsBefore) {
      cache.put(token, entry);
    }
  }
}
