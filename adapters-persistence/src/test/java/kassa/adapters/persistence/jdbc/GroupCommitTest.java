package kassa.adapters.persistence.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.telemetry.Gauge;
import kassa.application.telemetry.Step;
import kassa.application.telemetry.Telemetry;
import kassa.contract.fixture.RecordingTelemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {

  private static final Duration QUEUE_TIMEOUT = Duration.ofMillis(50);
  private static final String BAD = "bad";
  private static final String LOST = "lost";

  private final List<List<String>> groups = new CopyOnWriteArrayList<>();
  private final CountDownLatch writeStarted = new CountDownLatch(1);
  private final CountDownLatch writesAllowed = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /** The write function of the group commit; it blocks until the latch is released. */
  private List<String> write(List<String> group) {
    groups.add(group);
    writeStarted.countDown();
    try {
      writesAllowed.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
    if (group.contains(LOST)) {
      throw new StoreUnavailableException("gone", new IllegalStateException());
    }
    if (group.contains(BAD)) {
      throw new IllegalArgumentException("bad");
    }
    return group.stream().map(element -> element + " written").toList();
  }

  private GroupCommit<String, String> commit(int maxWriters, int maxQueued, int maxWeight) {
    return new GroupCommit<>(
        new GroupCommit.Bounds(
            maxWriters, 1, Duration.ofSeconds(30), maxQueued, QUEUE_TIMEOUT, maxWeight),
        String::length,
        this::write,
        Telemetry.none());
  }

  /** Submits an element from a new thread, and returns when that thread waits. */
  private CompletableFuture<String> submitted(GroupCommit<String, String> commit, String element) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> {
          try {
            result.complete(commit.submit(element));
          } catch (RuntimeException failure) {
            result.completeExceptionally(failure);
          }
        });
    threads.add(thread);
    thread.start();
    while (thread.getState() != Thread.State.WAITING && !result.isDone()) {
      Thread.onSpinWait();
    }
    return result;
  }

  private List<CompletableFuture<String>> submitted(
      GroupCommit<String, String> commit, String... elements) throws InterruptedException {
    List<CompletableFuture<String>> results = new ArrayList<>();
    for (String element : elements) {
      results.add(submitted(commit, element));
      writeStarted.await();
    }
    return results;
  }

  @Test
  void writes_a_single_element_immediately() {
    GroupCommit<String, String> commit = commit(1, 10, 100);
    writesAllowed.countDown();

    assertThat(commit.submit("a")).isEqualTo("a written");
    assertThat(commit.submit("b")).isEqualTo("b written");
    assertThat(groups).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void batches_elements_that_arrive_during_a_write() throws Exception {
    List<CompletableFuture<String>> results = submitted(commit(1, 10, 100), "a", "b", "c", "d");
    writesAllowed.countDown();

    for (CompletableFuture<String> result : results) {
      result.get();
    }
    assertThat(results.get(2).get()).isEqualTo("c written");
    assertThat(groups).containsExactly(List.of("a"), List.of("b", "c", "d"));
  }

  @Test
  void a_group_is_full_at_its_max_weight() throws Exception {
    List<CompletableFuture<String>> results =
        submitted(commit(1, 10, 3), "a", "bb", "c", "dddd", "e");
    writesAllowed.countDown();

    for (CompletableFuture<String> result : results) {
      result.get();
    }
    assertThat(groups)
        .containsExactly(List.of("a"), List.of("bb", "c"), List.of("dddd"), List.of("e"));
  }

  @Test
  void a_bad_element_fails_without_failing_its_group() throws Exception {
    List<CompletableFuture<String>> results =
        submitted(commit(1, 10, 100), "a", "b", "c", BAD, "d", "e");
    writesAllowed.countDown();

    assertThatThrownBy(results.remove(3)::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
    for (CompletableFuture<String> result : results) {
      assertThat(result.get()).endsWith(" written");
    }
    assertThat(groups)
        .containsExactly(
            List.of("a"),
            List.of("b", "c", BAD, "d", "e"),
            List.of("b", "c"),
            List.of(BAD, "d", "e"),
            List.of(BAD),
            List.of("d", "e"));
  }

  @Test
  void an_outage_fails_the_whole_group() throws Exception {
    GroupCommit<String, String> commit = commit(1, 10, 100);
    List<CompletableFuture<String>> results = submitted(commit, "a", "b", LOST);
    writesAllowed.countDown();

    assertThat(results.get(0).get()).isEqualTo("a written");
    for (CompletableFuture<String> result : results.subList(1, 3)) {
      assertThatThrownBy(result::get).hasCauseInstanceOf(StoreUnavailableException.class);
    }
    assertThat(groups).containsExactly(List.of("a"), List.of("b", LOST));
    assertThat(commit.submit("c")).isEqualTo("c written");
  }

  @Test
  void rejects_an_element_if_the_queue_is_full() throws Exception {
    GroupCommit<String, String> commit = commit(1, 2, 100);
    List<CompletableFuture<String>> results = submitted(commit, "a", "b", "c");

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> commit.submit("d"))
        .withMessage("the write queue is full");
    writesAllowed.countDown();

    assertThat(results.get(2).get()).isEqualTo("c written");
    assertThat(groups).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void an_interrupted_thread_still_gets_its_result() throws Exception {
    List<CompletableFuture<String>> results = submitted(commit(1, 10, 100), "a", "b");
    threads.forEach(Thread::interrupt);
    writesAllowed.countDown();

    assertThat(results.get(0).get()).isEqualTo("a written");
    assertThat(results.get(1).get()).isEqualTo("b written");
  }

  @Test
  void writes_up_to_max_writers_groups_concurrently() throws Exception {
    List<CompletableFuture<String>> results = submitted(commit(2, 10, 100), "a", "b");
    while (groups.size() < 2) {
      Thread.onSpinWait();
    }
    writesAllowed.countDown();

    for (CompletableFuture<String> result : results) {
      result.get();
    }
    assertThat(groups).containsExactlyInAnyOrder(List.of("a"), List.of("b"));
  }

  @Test
  void starts_a_further_writer_only_for_enough_queued_elements() throws Exception {
    GroupCommit<String, String> commit = commitWithMinConcurrent(3, Duration.ofSeconds(30));
    List<CompletableFuture<String>> results = submitted(commit, "a", "b", "c");
    assertThat(groups).containsExactly(List.of("a"));

    results.add(submitted(commit, "d"));
    while (groups.size() < 2) {
      Thread.onSpinWait();
    }
    results.add(submitted(commit, "e"));
    writesAllowed.countDown();

    for (CompletableFuture<String> result : results) {
      result.get();
    }
    assertThat(groups).containsExactly(List.of("a"), List.of("b", "c", "d"), List.of("e"));
  }

  @Test
  void does_not_wait_for_a_slow_writer() throws Exception {
    GroupCommit<String, String> commit = commitWithMinConcurrent(3, Duration.ZERO);
    List<CompletableFuture<String>> results = submitted(commit, "a", "b");
    while (groups.size() < 2) {
      Thread.onSpinWait();
    }
    writesAllowed.countDown();

    for (CompletableFuture<String> result : results) {
      result.get();
    }
    assertThat(groups).containsExactlyInAnyOrder(List.of("a"), List.of("b"));
  }

  private GroupCommit<String, String> commitWithMinConcurrent(
      int minConcurrent, Duration slowWrite) {
    return new GroupCommit<>(
        new GroupCommit.Bounds(2, minConcurrent, slowWrite, 10, QUEUE_TIMEOUT, 100),
        String::length,
        this::write,
        Telemetry.none());
  }

  @Test
  void writes_each_element_of_many_threads_exactly_once() throws Exception {
    GroupCommit<String, String> commit =
        new GroupCommit<>(
            new GroupCommit.Bounds(2, 5, Duration.ofSeconds(30), 10, Duration.ofSeconds(30), 50),
            String::length,
            this::write,
            Telemetry.none());
    writesAllowed.countDown();
    List<Thread> many =
        IntStream.range(0, 2_000)
            .mapToObj(i -> Thread.ofVirtual().start(() -> commit.submit("e" + i)))
            .toList();
    for (Thread each : many) {
      each.join();
    }

    assertThat(groups.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 2_000).mapToObj(i -> "e" + i).toList());
  }

  @Test
  void measures_the_wait_and_the_transaction_of_each_group() throws Exception {
    RecordingTelemetry telemetry = new RecordingTelemetry();
    GroupCommit<String, String> commit =
        new GroupCommit<>(
            new GroupCommit.Bounds(1, 1, Duration.ofSeconds(30), 10, QUEUE_TIMEOUT, 100),
            String::length,
            this::write,
            telemetry);
    CompletableFuture<String> first = submitted(commit, "a");
    writeStarted.await();
    CompletableFuture<String> second = submitted(commit, "b");
    CompletableFuture<String> third = submitted(commit, "c");
    assertThat(telemetry.read(Gauge.WRITE_QUEUE_LENGTH)).hasValue(2);
    writesAllowed.countDown();
    CompletableFuture.allOf(first, second, third).join();

    assertThat(telemetry.groupSizes).containsExactly(1, 2);
    assertThat(telemetry.steps)
        .containsExactlyInAnyOrder(
            Step.GROUP_WAIT, Step.GROUP_WAIT, Step.GROUP_WAIT, Step.COMMIT, Step.COMMIT);
    assertThat(telemetry.read(Gauge.WRITE_QUEUE_LENGTH)).hasValue(0);
  }
}
