package kassa.adapters.persistence.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import kassa.application.port.out.identity.TokenHash;
import org.junit.jupiter.api.Test;

class TokenCacheTest {

  private static final TokenHash TOKEN = new TokenHash("a");
  private static final TokenHash OTHER = new TokenHash("b");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final TokenCache<String> cache = new TokenCache<>(nanos::get);
  private final AtomicInteger loads = new AtomicInteger();

  @Test
  void loads_once_until_the_entry_expires() {
    assertThat(find(TOKEN, "ann")).contains("ann");
    advanceClock(TokenCache.TTL.minusNanos(1));
    assertThat(find(TOKEN, "bob")).contains("ann");
    assertThat(loads).hasValue(1);

    advanceClock(Duration.ofNanos(1));
    assertThat(find(TOKEN, "bob")).contains("bob");
    assertThat(loads).hasValue(2);
  }

  @Test
  void ttl_starts_when_the_load_starts() {
    cache.getOrLoad(
        TOKEN,
        token -> {
          advanceClock(TokenCache.TTL.minusNanos(1));
          return Optional.of("ann");
        });

    assertThat(find(TOKEN, "bob")).contains("ann");
    advanceClock(Duration.ofNanos(1));
    assertThat(find(TOKEN, "bob")).contains("bob");
  }

  @Test
  void does_not_cache_misses() {
    assertThat(cache.getOrLoad(TOKEN, token -> Optional.empty())).isEmpty();

    assertThat(find(TOKEN, "ann")).contains("ann");
  }

  @Test
  void does_not_cache_failed_loads() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            cache.getOrLoad(
                TOKEN,
                token -> {
                  throw new IllegalStateException("lookup failed");
                }));

    assertThat(find(TOKEN, "ann")).contains("ann");
  }

  @Test
  void invalidates_only_matching_entries() {
    find(TOKEN, "ann");
    find(OTHER, "bob");

    cache.invalidateIf("ann"::equals);

    assertThat(find(TOKEN, "new")).contains("new");
    assertThat(find(OTHER, "new")).contains("bob");
  }

  @Test
  void does_not_cache_a_value_loaded_before_an_invalidation() {
    Optional<String> old =
        cache.getOrLoad(
            TOKEN,
            token -> {
              cache.invalidateIf("ann"::equals);
              return Optional.of("ann");
            });

    assertThat(old).contains("ann");
    assertThat(find(TOKEN, "changed")).contains("changed");
  }

  @Test
  void concurrent_reads_never_return_a_value_older_than_an_invalidation() throws Exception {
    AtomicInteger truth = new AtomicInteger();
    TokenCache<Integer> numbers = new TokenCache<>(nanos::get);
    AtomicInteger finished = new AtomicInteger();
    Thread[] readers = new Thread[3];
    for (int i = 0; i < readers.length; i++) {
      readers[i] =
          Thread.ofPlatform()
              .start(() -> {
                while (finished.get() == 0) {
                  var _ = numbers.getOrLoad(TOKEN, token -> Optional.of(truth.get()));
                }
              });
    }

    int stale = 0;
    for (int change = 1; change <= 100_000; change++) {
      truth.set(change);
      numbers.invalidateIf(number -> true);
      int found = numbers.getOrLoad(TOKEN, token -> Optional.of(truth.get())).orElseThrow();
      stale += found == change ? 0 : 1;
    }
    finished.set(1);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(stale).isZero();
  }

  @Test
  void evicts_above_max_tokens() {
    int many = 3 * TokenCache.MAX_TOKENS;
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < many; i++) {
        find(new TokenHash("" + i), "ann");
      }
    }

    assertThat(loads.get()).isGreaterThanOrEqualTo(2 * many - TokenCache.MAX_TOKENS);
  }

  private Optional<String> find(TokenHash token, String value) {
    return cache.getOrLoad(
        token,
        uncached -> {
          loads.incrementAndGet();
          return Optional.of(value);
        });
  }

  private void advanceClock(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
