package kassa.contract;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import kassa.application.port.out.StoreUnavailableException;

/** Does things at once, by threads that begin at the same moment. */
final class Together {

  private Together() {}

  /** What comes of so many tasks, in any order, that so many threads share. */
  static <T> List<T> run(int threads, int tasks, IntFunction<T> task) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    AtomicInteger next = new AtomicInteger();
    List<Future<List<T>>> running = new ArrayList<>();
    List<T> results = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      Callable<List<T>> worker =
          () -> {
            start.await();
            List<T> own = new ArrayList<>();
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
              own.add(task.apply(i));
            }
            return own;
          };
      for (int thread = 0; thread < threads; thread++) {
        running.add(executor.submit(worker));
      }
      for (Future<List<T>> future : running) {
        results.addAll(future.get());
      }
    }
    return results;
  }

  /** Each of these calls has to find the store gone. They wait for it at the same time. */
  static void assertUnavailable(Runnable... calls) throws Exception {
    run(
        calls.length,
        calls.length,
        i -> assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(calls[i]::run));
  }
}
