package kassa.application.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamedFanOutTest {

  private static final int NOT_BEGUN = -1;

  private final SettableClock clock = new SettableClock();
  private final BoundedFanOut fanOut = new BoundedFanOut(clock, 8, Duration.ofMinutes(10));

  @Test
  void gives_every_item_one_result_and_stays_within_the_bound() {
    Gauge gauge = new Gauge();
    List<Integer> results = new ArrayList<>();

    fanOut.stream(
        numbers(10_000), item -> gauge.during(() -> item), item -> NOT_BEGUN, results::add);

    assertThat(results)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10_000).boxed().toList());
    assertThat(gauge.most()).isBetween(1, 8);
  }

  @Test
  void a_result_is_taken_while_the_next_item_is_still_waited_for() {
    CountDownLatch firstTaken = new CountDownLatch(1);
    List<Integer> results = new ArrayList<>();
    Iterator<Integer> items =
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            if (next == 1) {
              await(firstTaken);
            }
            return next < 2;
          }

          @Override
          public Integer next() {
            return next++;
          }
        };

    fanOut.stream(
        items,
        item -> item,
        item -> NOT_BEGUN,
        result -> {
          results.add(result);
          firstTaken.countDown();
        });

    assertThat(results).containsExactly(0, 1);
  }

  @Test
  void asks_for_no_more_than_is_taken() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger mostAhead = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    Iterator<Integer> items =
        IntStream.range(0, 2_000)
            .peek(item ->
                mostAhead.accumulateAndGet(asked.incrementAndGet() - taken.get(), Math::max))
            .iterator();

    fanOut.stream(
        items,
        item -> item,
        item -> NOT_BEGUN,
        result -> {
          taken.incrementAndGet();
        });

    assertThat(taken.get()).isEqualTo(2_000);
    assertThat(mostAhead.get()).isLessThanOrEqualTo(BoundedFanOut.WINDOW + 1);
  }

  @Test
  void asks_for_nothing_while_nothing_is_taken() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicReference<Thread> asking = new AtomicReference<>();
    CountDownLatch full = new CountDownLatch(BoundedFanOut.WINDOW);
    CountDownLatch hold = new CountDownLatch(1);
    Iterator<Integer> items =
        IntStream.range(0, 2_000)
            .peek(item -> {
              asking.set(Thread.currentThread());
              asked.incrementAndGet();
              full.countDown();
            })
            .iterator();
    List<Integer> results = new ArrayList<>();
    Call<Integer> call =
        Call.start(() -> {
          fanOut.stream(
              items,
              item -> item,
              item -> NOT_BEGUN,
              result -> {
                await(hold);
                results.add(result);
              });
          return results;
        });

    full.await();
    while (asking.get().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(asked.get()).isEqualTo(BoundedFanOut.WINDOW);
    hold.countDown();

    assertThat(call.answer().results()).hasSize(2_000);
  }

  @Test
  void a_small_call_is_done_beside_a_stream_that_does_not_end() throws Exception {
    BoundedFanOut narrow = new BoundedFanOut(clock, 2, Duration.ofMinutes(10));
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch streaming = new CountDownLatch(1_000);
    Iterator<Integer> endless =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return !ended.get();
          }

          @Override
          public Integer next() {
            return 0;
          }
        };
    Call<Integer> stream =
        Call.start(() -> {
          narrow.stream(endless, item -> item, item -> NOT_BEGUN, result -> streaming.countDown());
          return List.of();
        });
    streaming.await();

    List<Integer> few = IntStream.range(0, 200).boxed().toList();
    assertThat(narrow.map(few, item -> item, NOT_BEGUN)).isEqualTo(few);

    ended.set(true);
    assertThat(stream.answer().results()).isEmpty();
  }

  @Test
  void begins_nothing_more_when_results_are_not_taken_any_more_and_finishes_what_was_begun() {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger finished = new AtomicInteger();

    assertThatIllegalStateException()
        .isThrownBy(() ->
            fanOut.stream(
                numbers(1_000_000),
                item -> {
                  begun.incrementAndGet();
                  return finished.incrementAndGet();
                },
                item -> NOT_BEGUN,
                result -> {
                  throw new IllegalStateException("gone");
                }))
        .withMessage("gone");

    int stopped = begun.get();
    assertThat(stopped).isLessThanOrEqualTo(BoundedFanOut.WINDOW);
    assertThat(finished.get()).isEqualTo(stopped);
  }

  @Test
  void tells_when_there_are_no_more_items_because_asking_failed() {
    List<Integer> results = new ArrayList<>();
    Iterator<Integer> breaking =
        IntStream.range(0, 5)
            .map(item -> {
              if (item == 3) {
                throw new IllegalStateException("broken off");
              }
              return item;
            })
            .iterator();

    assertThatIllegalStateException()
        .isThrownBy(() -> fanOut.stream(breaking, item -> item, item -> NOT_BEGUN, results::add))
        .withMessage("broken off");

    assertThat(results).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void does_not_begin_an_item_that_waited_until_its_deadline() throws Exception {
    BoundedFanOut narrow = new BoundedFanOut(clock, 1, Duration.ofMillis(1));
    CountDownLatch hold = new CountDownLatch(1);
    AtomicReference<List<Integer>> results = new AtomicReference<>(new ArrayList<>());

    narrow.stream(
        numbers(2),
        item -> {
          await(hold);
          return item;
        },
        item -> NOT_BEGUN,
        result -> {
          results.get().add(result);
          hold.countDown();
        });

    assertThat(results.get()).containsExactly(NOT_BEGUN, 0);
  }

  private static Iterator<Integer> numbers(int count) {
    return IntStream.range(0, count).iterator();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
