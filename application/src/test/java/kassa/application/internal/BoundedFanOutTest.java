package kassa.application.internal;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedFanOutTest {

  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final int NOT_BEGUN = -1;

  private final SettableClock clock = new SettableClock();

  @Test
  void gives_every_item_one_result_in_the_order_of_the_items() throws Exception {
    AtomicIntegerArray worked = new AtomicIntegerArray(4_000);
    BoundedFanOut fanOut = fanOut(16);
    List<Call<Integer>> calls = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      List<Integer> items = items(call * 1_000, (call + 1) * 1_000);
      calls.add(Call.start(() -> fanOut.map(items, item -> square(item, worked), NOT_BEGUN)));
    }

    for (int call = 0; call < 4; call++) {
      assertThat(calls.get(call).answer().results())
          .isEqualTo(
              items(call * 1_000, (call + 1) * 1_000).stream().map(item -> item * item).toList());
    }
    for (int item = 0; item < 4_000; item++) {
      assertThat(worked.get(item)).isEqualTo(1);
    }
  }

  @Test
  void keeps_the_order_of_the_items_when_the_last_is_done_first() {
    List<CountDownLatch> done = IntStream.range(0, 4).mapToObj(_ -> new CountDownLatch(1)).toList();
    done.getLast().countDown();

    List<Integer> results =
        fanOut(3)
            .map(
                items(0, 3),
                item -> {
                  await(done.get(item + 1));
                  done.get(item).countDown();
                  return item;
                },
                NOT_BEGUN);

    assertThat(results).containsExactly(0, 1, 2);
  }

  @Test
  void answers_nothing_to_nothing() {
    assertThat(fanOut(1).map(List.<Integer>of(), item -> item, NOT_BEGUN)).isEmpty();
  }

  @Test
  void gives_every_item_a_virtual_thread_of_its_own() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    List<Boolean> virtual =
        fanOut(2)
            .map(
                items(0, 10),
                _ -> {
                  threads.add(Thread.currentThread());
                  return Thread.currentThread().isVirtual();
                },
                false);

    assertThat(virtual).containsOnly(true);
    assertThat(threads).hasSize(10).doesNotContain(Thread.currentThread());
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
  void reaches_the_bound_and_begins_nothing_beyond_it_whoever_calls(int bound, int callers)
      throws Exception {
    assertBoundIs(bound, fanOut(bound), callers);
  }

  @Test
  void stays_at_the_bound_while_work_comes_and_goes() throws Exception {
    int bound = 3;
    BoundedFanOut fanOut = fanOut(bound);
    Gauge gauge = new Gauge();
    // Nobody passes unless as many as the bound are there; as many calls as that keep coming.
    CyclicBarrier allThere = new CyclicBarrier(bound);
    List<Integer> items = items(0, 30 * bound);
    List<Call<Integer>> calls = new ArrayList<>();
    for (int call = 0; call < 4; call++) {
      calls.add(
          Call.start(() ->
              fanOut.map(items, item -> gauge.during(() -> meet(allThere, item)), NOT_BEGUN)));
    }

    for (Call<Integer> call : calls) {
      assertThat(call.answer().results()).isEqualTo(items);
    }
    assertThat(gauge.most()).isEqualTo(bound);
  }

  @Test
  void begins_nothing_behind_the_deadline() throws Exception {
    BoundedFanOut fanOut = fanOut(1);

    List<Integer> results =
        fanOut.map(
            items(0, 6),
            item -> {
              clock.advance(DEADLINE.multipliedBy(2).dividedBy(5));
              return item;
            },
            NOT_BEGUN);

    assertThat(results).containsExactly(0, 1, 2, NOT_BEGUN, NOT_BEGUN, NOT_BEGUN);
    assertBoundIs(1, fanOut, 1);
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
  void the_deadline_itself_is_too_late(Duration passed, boolean begun) throws Exception {
    Instant start = clock.instant();
    AtomicBoolean started = new AtomicBoolean();
    InstantSource leaping = () -> started.getAndSet(true) ? start.plus(passed) : start;
    BoundedFanOut fanOut = new BoundedFanOut(leaping, 1, DEADLINE);

    assertThat(fanOut.map(items(0, 1), item -> item, NOT_BEGUN))
        .containsExactly(begun ? 0 : NOT_BEGUN);
    assertBoundIs(1, fanOut, 1);
  }

  @Test
  void the_deadline_counts_from_the_begin_of_each_call() {
    BoundedFanOut fanOut = fanOut(1);
    clock.advance(DEADLINE.multipliedBy(3));

    assertThat(fanOut.map(items(0, 1), item -> item, NOT_BEGUN)).containsExactly(0);
  }

  @Test
  void does_not_wait_beyond_the_deadline_for_others_to_finish() throws Exception {
    BoundedFanOut fanOut = new BoundedFanOut(clock, 1, Duration.ofMillis(5));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Call<Integer> holder =
        Call.start(() ->
            fanOut.map(
                items(0, 1),
                item -> {
                  begun.countDown();
                  return await(release, item);
                },
                NOT_BEGUN));
    begun.await();

    assertThat(fanOut.map(items(0, 3), item -> item, NOT_BEGUN)).containsOnly(NOT_BEGUN);

    release.countDown();
    assertThat(holder.answer().results()).containsExactly(0);
  }

  @Test
  void finishes_and_reports_what_was_begun_before_the_deadline() throws Exception {
    BoundedFanOut fanOut = fanOut(2);
    CountDownLatch release = new CountDownLatch(1);
    Call<Integer> call =
        Call.start(() ->
            fanOut.map(
                items(0, 3),
                item -> {
                  if (item == 0) {
                    await(release);
                  } else {
                    clock.advance(DEADLINE);
                  }
                  return item;
                },
                NOT_BEGUN));

    call.awaitThatItWaitsForWork();
    release.countDown();

    assertThat(call.answer().results()).containsExactly(0, 1, NOT_BEGUN);
    assertBoundIs(2, fanOut, 1);
  }

  @Test
  void an_interrupted_caller_begins_nothing_more_and_finishes_what_was_begun() throws Exception {
    BoundedFanOut fanOut = fanOut(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Call<Integer> call =
        Call.start(() ->
            fanOut.map(
                items(0, 3),
                item -> {
                  begun.countDown();
                  return await(release, item);
                },
                NOT_BEGUN));
    begun.await();
    call.awaitThatItWaitsForPermit();

    call.interrupt();
    call.awaitThatItWaitsForWork();
    release.countDown();

    assertThat(call.answer().results()).containsExactly(0, NOT_BEGUN, NOT_BEGUN);
    assertThat(call.answer().interrupted()).isTrue();
    assertBoundIs(1, fanOut, 1);
  }

  @Test
  void a_caller_interrupted_while_it_waits_for_the_last_still_waits_for_it() throws Exception {
    BoundedFanOut fanOut = fanOut(2);
    CountDownLatch release = new CountDownLatch(1);
    Call<Integer> call =
        Call.start(() -> fanOut.map(items(0, 2), item -> await(release, item), NOT_BEGUN));
    call.awaitThatItWaitsForWork();

    for (int time = 0; time < 2; time++) {
      call.interrupt();
      call.awaitThatItNoticedTheInterrupt();
      call.awaitThatItWaitsForWork();
    }
    release.countDown();

    assertThat(call.answer().results()).containsExactly(0, 1);
    assertThat(call.answer().interrupted()).isTrue();
    assertBoundIs(2, fanOut, 1);
  }

  @Test
  void a_caller_that_was_interrupted_before_begins_nothing_and_stays_interrupted()
      throws Exception {
    BoundedFanOut fanOut = fanOut(1);
    Gauge gauge = new Gauge();
    Call<Integer> call =
        Call.start(() -> {
          Thread.currentThread().interrupt();
          return fanOut.map(items(0, 3), item -> gauge.during(() -> item), NOT_BEGUN);
        });

    assertThat(call.answer().results()).containsOnly(NOT_BEGUN);
    assertThat(call.answer().interrupted()).isTrue();
    assertThat(gauge.most()).isZero();
    assertBoundIs(1, fanOut, 1);
  }

  @Test
  void nobody_is_interrupted_who_was_not_before() throws Exception {
    Call<Boolean> call =
        Call.start(
            () -> fanOut(1).map(items(0, 3), _ -> Thread.currentThread().isInterrupted(), true));

    assertThat(call.answer().results()).containsOnly(false);
    assertThat(call.answer().interrupted()).isFalse();
  }

  @Test
  void work_that_breaks_costs_no_other_its_result_and_no_later_call_its_permits() throws Exception {
    List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
    Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> uncaught.add(thrown));
    BoundedFanOut fanOut = fanOut(2);
    Error broken = new StackOverflowError("as if");
    List<Integer> results;
    try {
      results = fanOut.map(items(0, 6), item -> evenOrBroken(item, broken), NOT_BEGUN);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(usual);
    }

    assertThat(results).containsExactly(0, NOT_BEGUN, 2, NOT_BEGUN, 4, NOT_BEGUN);
    assertThat(uncaught).containsExactly(broken, broken, broken);
    assertBoundIs(2, fanOut, 1);
  }

  /** Asserts that as many are begun as the bound and no more, while none of them ends. */
  private static void assertBoundIs(int bound, BoundedFanOut fanOut, int callers) throws Exception {
    Gauge gauge = new Gauge();
    CountDownLatch boundReached = new CountDownLatch(bound);
    CountDownLatch release = new CountDownLatch(1);
    List<Integer> items = items(0, 2 * bound);
    List<Call<Integer>> calls = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      calls.add(
          Call.start(() ->
              fanOut.map(
                  items,
                  item ->
                      gauge.during(() -> {
                        boundReached.countDown();
                        return await(release, item);
                      }),
                  NOT_BEGUN)));
    }

    boundReached.await();
    for (Call<Integer> call : calls) {
      call.awaitThatItWaits();
    }
    assertThat(gauge.running()).isEqualTo(bound);
    release.countDown();
    for (Call<Integer> call : calls) {
      assertThat(call.answer().results()).isEqualTo(items);
    }
    assertThat(gauge.most()).isEqualTo(bound);
  }

  private BoundedFanOut fanOut(int bound) {
    return new BoundedFanOut(clock, bound, DEADLINE);
  }

  private static List<Integer> items(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static int square(int item, AtomicIntegerArray worked) {
    worked.incrementAndGet(item);
    return item * item;
  }

  private static int evenOrBroken(int item, Error broken) {
    if (item % 2 != 0) {
      throw broken;
    }
    return item;
  }

  private static int meet(CyclicBarrier others, int item) {
    try {
      others.await();
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
