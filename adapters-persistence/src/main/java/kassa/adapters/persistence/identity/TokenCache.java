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
 * Cache of token lookups with a short TTL. Unknown tokens are not cached, because a client that
 * sends many wrong tokens would evict the valid ones. Thread-safe; starts no threads. See
 * docs/decisions/0097.
 *
 * @param <V> the value of a token
 */
public final class TokenCache<V> {

  /** Time to live, from the start of the lookup: two seconds minus the time of a request. */
  static final Duration TTL = Duration.ofMillis(1_900);

  /** Maximum number of cached tokens: some megabytes. */
  static final int MAX_TOKENS = 10_000;

  private record CachedToken<V>(V value, long loadedAt) {}

  private final Ticker ticker;
  private final Cache<TokenHash, CachedToken<V>> cache;

  /** Number of invalidations so far; guarded by this. */
  private long invalidations;

  /**
   * @param ticker clock in nanoseconds
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
   * Returns the cached value of a token, or loads it.
   *
   * @param loader looks the token up; several threads may load the same token concurrently
   */
  Optional<V> getOrLoad(TokenHash token, Function<TokenHash, Optional<V>> loader) {
    long now = ticker.read();
    CachedToken<V> cached = cache.getIfPresent(token);
    // The age counts from the start of the lookup, not from its end.
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
   * Invalidates the matching entries, and prevents that a lookup in progress is cached. To be
   * called after a change of the data, also if its outcome is unknown.
   */
  synchronized void invalidateIf(Predicate<? super V> condition) {
    invalidations++;
    cache.asMap().values().removeIf(cached -> condition.test(cached.value()));
  }

  private synchronized long invalidations() {
    return invalidations;
  }

  /** Caches a value, unless there was an invalidation since the lookup started. */
  private synchronized void putIfCurrent(
      TokenHash token, CachedToken<V> entry, long invalidationsBefore) {
    if (invalidations == invalidationsBefore) {
      cache.put(token, entry);
    }
  }
}
