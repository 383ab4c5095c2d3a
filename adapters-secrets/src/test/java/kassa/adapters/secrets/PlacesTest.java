package kassa.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kassa.application.port.out.TooManyPasswordsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlacesTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void let_all_end() {
    end.countDown();
    threads.close();
  }

  /** Takes places until the test ends. */
  private List<Future<String>> take(Places places, int number) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(number);
    List<Future<String>> taken = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      taken.add(threads.submit(() -> places.work(() -> workUntilTheEnd(begun))));
    }
    begun.await();
    return taken;
  }

  private String workUntilTheEnd(CountDownLatch begun) {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return "done";
  }

  @Test
  void as_many_work_at_once_as_there_are_places_and_no_more() throws Exception {
    Places places = new Places(2, 100, LONG);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(threads.submit(() -> places.work(() -> countSelf(now, most, two))));
    }
    for (Future<Integer> each : all) {
      each.get();
    }

    assertThat(most).hasValue(2);
  }

  private static int countSelf(AtomicInteger now, AtomicInteger most, CountDownLatch two) {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    two.countDown();
    try {
      two.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return now.decrementAndGet();
  }

  @Test
  void who_would_wait_too_long_is_refused_and_the_work_not_begun() throws Exception {
    Places places = new Places(2, 1, SHORT);
    take(places, 2);
    AtomicInteger begun = new AtomicInteger();

    assertThatThrownBy(() -> places.work(begun::incrementAndGet))
        .isInstanceOf(TooManyPasswordsException.class);
    assertThat(begun).hasValue(0);
  }

  @Test
  void who_would_be_one_too_many_to_wait_is_refused_at_once() throws Exception {
    Places places = new Places(1, 1, LONG);
    List<Future<String>> working = take(places, 1);
    Future<String> waiting = threads.submit(() -> places.work(() -> "waited"));
    while (places.waiting() == 0) {
      Thread.onSpinWait();
    }

    assertThatThrownBy(() -> places.work(() -> "too many"))
        .isInstanceOf(TooManyPasswordsException.class);
    end.countDown();
    assertThat(waiting.get()).isEqualTo("waited");
    assertThat(working.getFirst().get()).isEqualTo("done");
  }

  @Test
  void who_is_refused_leaves_their_place_to_others() throws Exception {
    Places places = new Places(1, 1, SHORT);
    List<Future<String>> working = take(places, 1);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> places.work(() -> "too late"))
          .isInstanceOf(TooManyPasswordsException.class);
    }
    end.countDown();
    working.getFirst().get();

    assertThat(places.work(() -> "free")).isEqualTo("free");
  }

  @Test
  void work_that_fails_gives_its_place_back() {
    Places places = new Places(1, 0, SHORT);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              places.work(() -> {
                throw new IllegalStateException("failed");
              }))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(places.work(() -> "free")).isEqualTo("free");
  }

  @Test
  void who_is_interrupted_is_refused_and_stays_interrupted() throws Exception {
    Places places = new Places(1, 1, LONG);
    take(places, 1);
    CountDownLatch refused = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                places.work(() -> "never");
              } catch (TooManyPasswordsException refusal) {
                interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
                refused.countDown();
              }
            });
    waiting.interrupt();

    assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).hasValue(1);
  }
}
