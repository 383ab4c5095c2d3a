package kassa.application.internal.concurrent;

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
import kassa.application.fixture.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedExecutorStreamTest {

  private static final int NOT_STARTED = -1;

  private final SettableClock clock = new SettableClock();
  private final BoundedExecutor executor = new BoundedExecutor(clock, 8, Duration.ofMinutes(10));

  @Test
  void returns_one_result_per_item_within_the_bound() {
    ConcurrencyGauge gauge = new ConcurrencyGauge();
    List<Integer> results = new ArrayList<>();

    executor.stream(
        numbers(10_000),
        item -> 1,
        item -> gauge.during(() -> item),
        item -> NOT_STARTED,
        results::add);

    assertThat(results)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10_000).boxed().toList());
    assertThat(gauge.max()).isBetween(1, 8);
  }

  @Test
  void delivers_results_while_waiting_for_the_next_item() {
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

    executor.stream(
        items,
        item -> 1,
        item -> item,
        item -> NOT_STARTED,
        result -> {
          results.add(result);
          firstTaken.countDown();
        });

    assertThat(results).containsExactly(0, 1);
  }

  @Test
  void backpressure_reads_no_more_items_than_are_consumed() {
    AtomicInteger readCount = new AtomicInteger();
    AtomicInteger maxAhead = new AtomicInteger();
    AtomicInteger consumed = new AtomicInteger();
    Iterator<Integer> items =
        IntStream.range(0, 2_000)
            .peek(item ->
                maxAhead.accumulateAndGet(readCount.incrementAndGet() - consumed.get(), Math::max))
            .iterator();

    executor.stream(
        items,
        item -> 1,
        item -> item,
        item -> NOT_STARTED,
        result -> {
          consumed.incrementAndGet();
        });

    assertThat(consumed.get()).isEqualTo(2_000);
    assertThat(maxAhead.get()).isLessThanOrEqualTo(BoundedExecutor.STREAM_WINDOW_SIZE + 1);
  }

  @Test
  void backpressure_reads_nothing_while_nothing_is_consumed() throws Exception {
    AtomicInteger readCount = new AtomicInteger();
    AtomicReference<Thread> reader = new AtomicReference<>();
    CountDownLatch full = new CountDownLatch(BoundedExecutor.STREAM_WINDOW_SIZE);
    CountDownLatch hold = new CountDownLatch(1);
    Iterator<Integer> items =
        IntStream.range(0, 2_000)
            .peek(item -> {
              reader.set(Thread.currentThread());
              readCount.incrementAndGet();
              full.countDown();
            })
            .iterator();
    List<Integer> results = new ArrayList<>();
    BackgroundCall<Integer> call =
        BackgroundCall.start(() -> {
          executor.stream(
              items,
              item -> 1,
              item -> item,
              item -> NOT_STARTED,
              result -> {
                await(hold);
                results.add(result);
              });
          return results;
        });

    full.await();
    while (reader.get().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(readCount.get()).isEqualTo(BoundedExecutor.STREAM_WINDOW_SIZE);
    hold.countDown();

    assertThat(call.result().results()).hasSize(2_000);
  }

  @Test
  void small_call_runs_beside_an_infinite_stream() throws Exception {
    BoundedExecutor narrow = new BoundedExecutor(clock, 2, Duration.ofMinutes(10));
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch streaming = new CountDownLatch(1_000);
    Iterator<Integer> infinite =
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
    BackgroundCall<Integer> stream =
        BackgroundCall.start(() -> {
          narrow.stream(
              infinite,
              item -> 1,
              item -> item,
              item -> NOT_STARTED,
              result -> streaming.countDown());
          return List.of();
        });
    streaming.await();

    List<Integer> items = IntStream.range(0, 200).boxed().toList();
    assertThat(narrow.invokeAll(items, item -> item, NOT_STARTED)).isEqualTo(items);

    ended.set(true);
    assertThat(stream.result().results()).isEmpty();
  }

  @Test
  void consumer_failure_starts_no_items_and_finishes_started_ones() {
    AtomicInteger started = new AtomicInteger();
    AtomicInteger finished = new AtomicInteger();

    assertThatIllegalStateException()
        .isThrownBy(() ->
            executor.stream(
                numbers(1_000_000),
                item -> 1,
                item -> {
                  started.incrementAndGet();
                  return finished.incrementAndGet();
                },
                item -> NOT_STARTED,
                result -> {
                  throw new IllegalStateException("consumer failed");
                }))
        .withMessage("consumer failed");

    int stopped = started.get();
    assertThat(stopped).isLessThanOrEqualTo(BoundedExecutor.STREAM_WINDOW_SIZE);
    assertThat(finished.get()).isEqualTo(stopped);
  }

  @Test
  void producer_failure_is_rethrown_after_started_items_finish() {
    List<Integer> results = new ArrayList<>();
    Iterator<Integer> failing =
        IntStream.range(0, 5)
            .map(item -> {
              if (item == 3) {
                throw new IllegalStateException("producer failed");
              }
              return item;
            })
            .iterator();

    assertThatIllegalStateException()
        .isThrownBy(() ->
            executor.stream(failing, item -> 1, item -> item, item -> NOT_STARTED, results::add))
        .withMessage("producer failed");

    assertThat(results).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void starts_no_item_after_its_deadline() throws Exception {
    BoundedExecutor narrow = new BoundedExecutor(clock, 1, Duration.ofMillis(1));
    CountDownLatch hold = new CountDownLatch(1);
    AtomicReference<List<Integer>> results = new AtomicReference<>(new ArrayList<>());

    narrow.stream(
        numbers(2),
        item -> 1,
        item -> {
          await(hold);
          return item;
        },
        item -> NOT_STARTED,
        result -> {
          results.get().add(result);
          hold.countDown();
        });

    assertThat(results.get()).containsExactly(NOT_STARTED, 0);
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

  @Test
  void reads_heavy_items_one_after_another() {
    AtomicInteger inMemory = new AtomicInteger();
    AtomicInteger max = new AtomicInteger();
    Iterator<Integer> items =
        IntStream.range(0, 500)
            .mapToObj(item -> item)
            .peek(item -> max.accumulateAndGet(inMemory.incrementAndGet(), Math::max))
            .iterator();

    executor.stream(
        items,
        item -> 1_000,
        item -> item,
        item -> NOT_STARTED,
        result -> inMemory.decrementAndGet());

    assertThat(inMemory).hasValue(0);
    // One is processed, and the next one has been read.
    assertThat(max.get()).isLessThanOrEqualTo(2);
  }
}
