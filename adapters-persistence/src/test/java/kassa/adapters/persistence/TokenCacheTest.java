package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import kassa.application.port.out.TokenHash;
import org.junit.jupiter.api.Test;

class TokenCacheTest {

  private static final TokenHash TOKEN = new TokenHash("a");
  private static final TokenHash OTHER = new TokenHash("b");

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final TokenCache<String> cache = new TokenCache<>(nanos::get);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void asks_once_for_as_long_as_an_answer_lives_and_then_again() {
    assertThat(find(TOKEN, "ann")).contains("ann");
    pass(TokenCache.LIFE.minusNanos(1));
    assertThat(find(TOKEN, "bob")).contains("ann");
    assertThat(asked).hasValue(1);

    pass(Duration.ofNanos(1));
    assertThat(find(TOKEN, "bob")).contains("bob");
    assertThat(asked).hasValue(2);
  }

  @Test
  void an_answer_is_as_old_as_its_question() {
    cache.find(
        TOKEN,
        token -> {
          pass(TokenCache.LIFE.minusNanos(1));
          return Optional.of("ann");
        });

    assertThat(find(TOKEN, "bob")).contains("ann");
    pass(Duration.ofNanos(1));
    assertThat(find(TOKEN, "bob")).contains("bob");
  }

  @Test
  void does_not_remember_that_there_was_nothing() {
    assertThat(cache.find(TOKEN, token -> Optional.empty())).isEmpty();

    assertThat(find(TOKEN, "ann")).contains("ann");
  }

  @Test
  void does_not_remember_that_nobody_could_tell() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            cache.find(
                TOKEN,
                token -> {
                  throw new IllegalStateException("away");
                }));

    assertThat(find(TOKEN, "ann")).contains("ann");
  }

  @Test
  void forgets_such_and_no_others() {
    find(TOKEN, "ann");
    find(OTHER, "bob");

    cache.forget("ann"::equals);

    assertThat(find(TOKEN, "new")).contains("new");
    assertThat(find(OTHER, "new")).contains("bob");
  }

  @Test
  void an_answer_of_before_a_change_is_not_kept_behind_it() {
    Optional<String> old =
        cache.find(
            TOKEN,
            token -> {
              cache.forget("ann"::equals);
              return Optional.of("ann");
            });

    assertThat(old).contains("ann");
    assertThat(find(TOKEN, "changed")).contains("changed");
  }

  @Test
  void no_answer_of_before_a_change_is_given_behind_it_whatever_others_ask_meanwhile()
      throws Exception {
    AtomicInteger truth = new AtomicInteger();
    TokenCache<Integer> numbers = new TokenCache<>(nanos::get);
    AtomicInteger finished = new AtomicInteger();
    Thread[] readers = new Thread[3];
    for (int i = 0; i < readers.length; i++) {
      readers[i] =
          Thread.ofPlatform()
              .start(() -> {
                while (finished.get() == 0) {
                  var _ = numbers.find(TOKEN, token -> Optional.of(truth.get()));
                }
              });
    }

    int stale = 0;
    for (int change = 1; change <= 100_000; change++) {
      truth.set(change);
      numbers.forget(number -> true);
      int found = numbers.find(TOKEN, token -> Optional.of(truth.get())).orElseThrow();
      stale += found == change ? 0 : 1;
    }
    finished.set(1);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(stale).isZero();
  }

  @Test
  void remembers_no_more_tokens_than_its_bound() {
    int many = 3 * TokenCache.MOST;
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < many; i++) {
        find(new TokenHash("" + i), "ann");
      }
    }

    assertThat(asked.get()).isGreaterThanOrEqualTo(2 * many - TokenCache.MOST);
  }

  private Optional<String> find(TokenHash token, String answer) {
    return cache.find(
        token,
        unknown -> {
          asked.incrementAndGet();
          return Optional.of(answer);
        });
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
