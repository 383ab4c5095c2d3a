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

  /** Takes places until the test ends. */
  private List<Future<String>> occupy(HashingBulkhead bulkhead, int number)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(number);
    List<Future<String>> taken = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      taken.add(threads.submit(() -> bulkhead.execute(() -> executeUntilReleased(begun))));
    }
    begun.await();
    return taken;
  }

  private String executeUntilReleased(CountDownLatch begun) {
    begun.countDown();
    try {
      releaseAll.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return "done";
  }

  @Test
  void runs_at_most_the_maximum_number_of_tasks_concurrently() throws Exception {
    HashingBulkhead places = new HashingBulkhead(2, 100, LONG);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch two = new CountDownLatch(2);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(threads.submit(() -> places.execute(() -> trackConcurrency(now, most, two))));
    }
    for (Future<Integer> each : all) {
      each.get();
    }

    assertThat(most).hasValue(2);
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
    HashingBulkhead places = new HashingBulkhead(2, 1, SHORT);
    occupy(places, 2);
    AtomicInteger begun = new AtomicInteger();

    assertThatThrownBy(() -> places.execute(begun::incrementAndGet))
        .isInstanceOf(HashingOverloadedException.class);
    assertThat(begun).hasValue(0);
  }

  @Test
  void rejects_task_immediately_when_the_queue_is_full() throws Exception {
    HashingBulkhead places = new HashingBulkhead(1, 1, LONG);
    List<Future<String>> working = occupy(places, 1);
    Future<String> waiting = threads.submit(() -> places.execute(() -> "waited"));
    while (places.queueLength() == 0) {
      Thread.onSpinWait();
    }

    assertThatThrownBy(() -> places.execute(() -> "too many"))
        .isInstanceOf(HashingOverloadedException.class);
    releaseAll.countDown();
    assertThat(waiting.get()).isEqualTo("waited");
    assertThat(working.getFirst().get()).isEqualTo("done");
  }

  @Test
  void rejected_task_releases_its_permit() throws Exception {
    HashingBulkhead places = new HashingBulkhead(1, 1, SHORT);
    List<Future<String>> working = occupy(places, 1);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> places.execute(() -> "too late"))
          .isInstanceOf(HashingOverloadedException.class);
    }
    releaseAll.countDown();
    working.getFirst().get();

    assertThat(places.execute(() -> "free")).isEqualTo("free");
  }

  @Test
  void failed_task_releases_its_permit() {
    HashingBulkhead places = new HashingBulkhead(1, 0, SHORT);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              places.execute(() -> {
                throw new IllegalStateException("failed");
              }))
          .isInstanceOf(IllegalStateException.class);
    }

    assertThat(places.execute(() -> "free")).isEqualTo("free");
  }

  @Test
  void interrupted_task_is_rejected_and_keeps_the_interrupt_flag() throws Exception {
    HashingBulkhead places = new HashingBulkhead(1, 1, LONG);
    occupy(places, 1);
    CountDownLatch refused = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                places.execute(() -> "never");
              } catch (HashingOverloadedException refusal) {
                interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
                refused.countDown();
              }
            });
    waiting.interrupt();

    assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted).hasValue(1);
  }
}
