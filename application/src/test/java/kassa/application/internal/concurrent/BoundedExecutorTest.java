package kassa.application.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import kassa.application.fixture.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedExecutorTest {

  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final int NOT_STARTED = -1;

  private final SettableClock clock = new SettableClock();

  @Test
  void returns_one_result_per_item_in_order() throws Exception {
    AtomicIntegerArray worked = new AtomicIntegerArray(4_000);
    BoundedExecutor executor = executor(16);
    List<BackgroundCall<Integer>> calls = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      List<Integer> items = items(call * 1_000, (call + 1) * 1_000);
      calls.add(
          BackgroundCall.start(
              () -> executor.invokeAll(items, item -> square(item, worked), NOT_STARTED)));
    }

    for (int call = 0; call < 4; call++) {
      assertThat(calls.get(call).result().results())
          .isEqualTo(
              items(call * 1_000, (call + 1) * 1_000).stream().map(item -> item * item).toList());
    }
    for (int item = 0; item < 4_000; item++) {
      assertThat(worked.get(item)).isEqualTo(1);
    }
  }

  @Test
  void keeps_item_order_when_the_last_finishes_first() {
    List<CountDownLatch> done = IntStream.range(0, 4).mapToObj(_ -> new CountDownLatch(1)).toList();
    done.getLast().countDown();

    List<Integer> results =
        executor(3)
            .invokeAll(
                items(0, 3),
                item -> {
                  await(done.get(item + 1));
                  done.get(item).countDown();
                  return item;
                },
                NOT_STARTED);

    assertThat(results).containsExactly(0, 1, 2);
  }

  @Test
  void empty_input_returns_no_results() {
    assertThat(executor(1).invokeAll(List.<Integer>of(), item -> item, NOT_STARTED)).isEmpty();
  }

  @Test
  void runs_items_in_at_most_as_many_virtual_threads_as_the_bound() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    List<Boolean> virtual =
        executor(2)
            .invokeAll(
                items(0, 10),
                _ -> {
                  threads.add(Thread.currentThread());
                  return Thread.currentThread().isVirtual();
                },
                false);

    assertThat(virtual).containsOnly(true);
    assertThat(threads).hasSizeBetween(1, 2).doesNotContain(Thread.currentThread());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # bound, calls at once
                1,             1
                1,             4
                3,             1
                3,             4
               50,             2
          """)
  void concurrency_reaches_but_never_exceeds_the_bound(int bound, int callers) throws Exception {
    assertBoundIs(bound, executor(bound), callers);
  }

  @Test
  void keeps_the_bound_under_changing_load() throws Exception {
    int bound = 3;
    BoundedExecutor executor = executor(bound);
    ConcurrencyGauge gauge = new ConcurrencyGauge();
    // The barrier opens only when as many items run as the bound; more calls keep the load high.
    CyclicBarrier boundReached = new CyclicBarrier(bound);
    List<Integer> items = items(0, 30 * bound);
    List<BackgroundCall<Integer>> calls = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      calls.add(
          BackgroundCall.start(() ->
              executor.invokeAll(
                  items,
                  item -> gauge.during(() -> awaitBarrier(boundReached, item)),
                  NOT_STARTED)));
    }

    for (BackgroundCall<Integer> call : calls) {
      assertThat(call.result().results()).isEqualTo(items);
    }
    assertThat(gauge.max()).isEqualTo(bound);
  }

  @Test
  void starts_nothing_after_the_deadline() throws Exception {
    BoundedExecutor executor = executor(1);

    List<Integer> results =
        executor.invokeAll(
            items(0, 6),
            item -> {
              clock.advance(DEADLINE.multipliedBy(2).dividedBy(5));
              return item;
            },
            NOT_STARTED);

    assertThat(results).containsExactly(0, 1, 2, NOT_STARTED, NOT_STARTED, NOT_STARTED);
    assertBoundIs(1, executor, 1);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          PT0S,               true
          PT9M59.999999999S,  true
          PT10M,              false
          PT10M0.000000001S,  false
          PT24H,              false
          """)
  void deadline_is_exclusive(Duration elapsed, boolean isStarted) throws Exception {
    Instant start = clock.instant();
    AtomicBoolean started = new AtomicBoolean();
    InstantSource jumping = () -> started.getAndSet(true) ? start.plus(elapsed) : start;
    BoundedExecutor executor = new BoundedExecutor(jumping, 1, DEADLINE);

    assertThat(executor.invokeAll(items(0, 1), item -> item, NOT_STARTED))
        .containsExactly(isStarted ? 0 : NOT_STARTED);
    assertBoundIs(1, executor, 1);
  }

  @Test
  void deadline_counts_from_the_start_of_each_call() {
    BoundedExecutor executor = executor(1);
    clock.advance(DEADLINE.multipliedBy(3));

    assertThat(executor.invokeAll(items(0, 1), item -> item, NOT_STARTED)).containsExactly(0);
  }

  @Test
  void stops_waiting_for_permits_at_the_deadline() throws Exception {
    BoundedExecutor executor = new BoundedExecutor(clock, 1, Duration.ofMillis(5));
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    BackgroundCall<Integer> holder =
        BackgroundCall.start(() ->
            executor.invokeAll(
                items(0, 1),
                item -> {
                  started.countDown();
                  return await(release, item);
                },
                NOT_STARTED));
    started.await();

    assertThat(executor.invokeAll(items(0, 3), item -> item, NOT_STARTED))
        .containsOnly(NOT_STARTED);

    release.countDown();
    assertThat(holder.result().results()).containsExactly(0);
  }

  @Test
  void finishes_items_started_before_the_deadline() throws Exception {
    BoundedExecutor executor = executor(2);
    CountDownLatch release = new CountDownLatch(1);
    BackgroundCall<Integer> call =
        BackgroundCall.start(() ->
            executor.invokeAll(
                items(0, 3),
                item -> {
                  if (item == 0) {
                    await(release);
                  } else {
                    clock.advance(DEADLINE);
                  }
                  return item;
                },
                NOT_STARTED));

    call.awaitWaitingForWork();
    release.countDown();

    assertThat(call.result().results()).containsExactly(0, 1, NOT_STARTED);
    assertBoundIs(2, executor, 1);
  }

  @Test
  void interrupted_caller_starts_no_items_and_finishes_started_ones() throws Exception {
    BoundedExecutor executor = executor(1);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    BackgroundCall<Integer> call =
        BackgroundCall.start(() ->
            executor.invokeAll(
                items(0, 3),
                item -> {
                  started.countDown();
                  return await(release, item);
                },
                NOT_STARTED));
    started.await();
    call.awaitWaitingForWork();

    call.interrupt();
    call.awaitInterruptNoticed();
    call.awaitWaitingForWork();
    release.countDown();

    assertThat(call.result().results()).containsExactly(0, NOT_STARTED, NOT_STARTED);
    assertThat(call.result().interrupted()).isTrue();
    assertBoundIs(1, executor, 1);
  }

  @Test
  void interrupted_caller_starts_nothing_when_another_call_frees_the_permit() throws Exception {
    BoundedExecutor executor = executor(1);
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    BackgroundCall<Integer> holder =
        BackgroundCall.start(() ->
            executor.invokeAll(
                items(0, 1),
                item -> {
                  started.countDown();
                  return await(release, item);
                },
                NOT_STARTED));
    started.await();
    BackgroundCall<Integer> call =
        BackgroundCall.start(() -> executor.invokeAll(items(0, 3), item -> item, NOT_STARTED));
    call.awaitWaitingForWork();

    call.interrupt();
    call.awaitInterruptNoticed();
    call.awaitWaitingForWork();
    release.countDown();

    assertThat(call.result().results()).containsOnly(NOT_STARTED);
    assertThat(holder.result().results()).containsExactly(0);
    assertBoundIs(1, executor, 1);
  }

  @Test
  void caller_interrupted_during_the_last_item_still_waits() throws Exception {
    BoundedExecutor executor = executor(2);
    CountDownLatch release = new CountDownLatch(1);
    BackgroundCall<Integer> call =
        BackgroundCall.start(
            () -> executor.invokeAll(items(0, 2), item -> await(release, item), NOT_STARTED));
    call.awaitWaitingForWork();

    for (int time = 0; time < 2; time++) {
      call.interrupt();
      call.awaitInterruptNoticed();
      call.awaitWaitingForWork();
    }
    release.countDown();

    assertThat(call.result().results()).containsExactly(0, 1);
    assertThat(call.result().interrupted()).isTrue();
    assertBoundIs(2, executor, 1);
  }

  @Test
  void already_interrupted_caller_starts_nothing_and_stays_interrupted() throws Exception {
    BoundedExecutor executor = executor(1);
    ConcurrencyGauge gauge = new ConcurrencyGauge();
    BackgroundCall<Integer> call =
        BackgroundCall.start(() -> {
          Thread.currentThread().interrupt();
          return executor.invokeAll(items(0, 3), item -> gauge.during(() -> item), NOT_STARTED);
        });

    assertThat(call.result().results()).containsOnly(NOT_STARTED);
    assertThat(call.result().interrupted()).isTrue();
    assertThat(gauge.max()).isZero();
    assertBoundIs(1, executor, 1);
  }

  @Test
  void interrupt_flag_is_not_set_without_interrupt() throws Exception {
    BackgroundCall<Boolean> call =
        BackgroundCall.start(() ->
            executor(1).invokeAll(items(0, 3), _ -> Thread.currentThread().isInterrupted(), true));

    assertThat(call.result().results()).containsOnly(false);
    assertThat(call.result().interrupted()).isFalse();
  }

  @Test
  void failing_work_releases_its_permit_and_affects_no_other() throws Exception {
    List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
    Thread.UncaughtExceptionHandler original = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> uncaught.add(thrown));
    BoundedExecutor executor = executor(2);
    Error error = new StackOverflowError("simulated");
    List<Integer> results;
    try {
      results = executor.invokeAll(items(0, 6), item -> evenOrThrow(item, error), NOT_STARTED);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(original);
    }

    assertThat(results).containsExactly(0, NOT_STARTED, 2, NOT_STARTED, 4, NOT_STARTED);
    assertThat(uncaught).containsExactly(error, error, error);
    assertBoundIs(2, executor, 1);
  }

  /** Asserts that exactly as many items start as the bound while none of them finishes. */
  private static void assertBoundIs(int bound, BoundedExecutor executor, int callers)
      throws Exception {
    ConcurrencyGauge gauge = new ConcurrencyGauge();
    CountDownLatch boundReached = new CountDownLatch(bound);
    CountDownLatch release = new CountDownLatch(1);
    List<Integer> items = items(0, 2 * bound);
    List<BackgroundCall<Integer>> calls = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      calls.add(
          BackgroundCall.start(() ->
              executor.invokeAll(
                  items,
                  item ->
                      gauge.during(() -> {
                        boundReached.countDown();
                        return await(release, item);
                      }),
                  NOT_STARTED)));
    }

    boundReached.await();
    for (BackgroundCall<Integer> call : calls) {
      call.awaitWaiting();
    }
    assertThat(gauge.running()).isEqualTo(bound);
    release.countDown();
    for (BackgroundCall<Integer> call : calls) {
      assertThat(call.result().results()).isEqualTo(items);
    }
    assertThat(gauge.max()).isEqualTo(bound);
  }

  private BoundedExecutor executor(int bound) {
    return new BoundedExecutor(clock, bound, DEADLINE);
  }

  private static List<Integer> items(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static int square(int item, AtomicIntegerArray worked) {
    worked.incrementAndGet(item);
    return item * item;
  }

  private static int evenOrThrow(int item, Error error) {
    if (item % 2 != 0) {
      throw error;
    }
    return item;
  }

  private static int awaitBarrier(CyclicBarrier barrier, int item) {
    try {
      barrier.await();
      return item;
    } catch (InterruptedException | BrokenBarrierException unexpected) {
      throw new AssertionError("work is never interrupted", unexpected);
    }
  }

  private static int await(CountDownLatch latch, int item) {
    await(latch);
    return item;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException unexpected) {
      throw new AssertionError("work is never interrupted", unexpected);
    }
  }
}
