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
import kassa.application.port.out.identity.HashingOverloadedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HashingBulkheadTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch releaseAll = new CountDownLatch(1);

  @AfterEach
  void releaseTasks() {
    releaseAll.countDown();
    threads.close();
  }

  /** Occupies permits until the test ends. */
  private List<Future<String>> occupy(HashingBulkhead bulkhead, int number)
      throws InterruptedException {
    CountDownLatch started = new CountDownLatch(number);
    List<Future<String>> occupied = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      occupied.add(threads.submit(() -> bulkhead.execute(() -> executeUntilReleased(started))));
    }
    started.await();
    return occupied;
  }

  private String executeUntilReleased(CountDownLatch started) {
    started.countDown();
    try {
      releaseAll.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return "done";
  }

  @Test
  void runs_at_most_the_maximum_number_of_tasks_concurrently() throws Exception {
    HashingBulkhead bulkhead = new HashingBulkhead(2, 100, LONG);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger maxConcurrent = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(
          threads.submit(() -> bulkhead.execute(() -> trackConcurrency(now, maxConcurrent, two))));
    }
    for (Future<Integer> each : all) {
      each.get();
    }

    assertThat(maxConcurrent).hasValue(2);
  }

  private static int trackConcurrency(AtomicInteger now, AtomicInteger max, CountDownLatch two) {
    max.accumulateAndGet(now.incrementAndGet(), Math::max);
    two.countDown();
    try {
      two.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return now.decrementAndGet();
  }

  @Test
  void rejects_task_after_wait_timeout_without_running_it() throws Exception {
    HashingBulkhead bulkhead = new HashingBulkhead(2, 1, SHORT);
    occupy(bulkhead, 2);
    AtomicInteger started = new AtomicInteger();

    assertThatThrownBy(() -> bulkhead.execute(started::incrementAndGet))
        .isInstanceOf(HashingOverloadedException.class);
    assertThat(started).hasValue(0);
  }

  @Test
  void rejects_task_immediately_when_the_queue_is_full() throws Exception {
    HashingBulkhead bulkhead = new HashingBulkhead(1, 1, LONG);
    List<Future<String>> working = occupy(bulkhead, 1);
    Future<String> waiting = threads.submit(() -> bulkhead.execute(() -> "waited"));
    while (bulkhead.queueLength() == 0) {
      Thread.onSpinWait();
    }

    assertThatThrownBy(() -> bulkhead.execute(() -> "too many"))
        .isInstanceOf(HashingOverloadedException.class);
    releaseAll.countDown();
    assertThat(waiting.get()).isEqualTo("waited");
    assertThat(working.getFirst().get()).isEqualTo("done");
  }

  @Test
  void rejected_task_releases_its_permit() throws Exception {
    HashingBulkhead bulkhead = new HashingBulkhead(1, 1, SHORT);
    List<Future<String>> working = occupy(bulkhead, 1);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> bulkhead.execute(() -> "too late"))
          .isInstanceOf(HashingOverloadedException.class);
    }
    releaseAll.countDown();
    working.getFirst().get();

    assertThat(bulkhead.execute(() -> "free")).isEqualTo("free");
  }

  @Test
  void failed_task_releases_its_permit() {
    HashingBulkhead bulkhead = new HashingBulkhead(1, 0, SHORT);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              bulkhead.execute(() -> {
                throw new IllegalStateException("failed");
              }))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(bulkhead.execute(() -> "free")).isEqualTo("free");
  }

  @Test
  void interrupted_task_is_rejected_and_keeps_the_interrupt_flag() throws Exception {
    HashingBulkhead bulkhead = new HashingBulkhead(1, 1, LONG);
    occupy(bulkhead, 1);
    CountDownLatch rejected = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                bulkhead.execute(() -> "never");
              } catch (HashingOverloadedException overloaded) {
                interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
                rejected.countDown();
              }
            });
    waiting.interrupt();

    assertThat(rejected.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).hasValue(1);
  }
}
