package broken.onlylistedadapterclassesusethreads.adapters.http;

import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts threads and waits for them. */
class Web {

  Thread start(Runnable work) {
    return Thread.ofVirtual().start(work);
  }

  Thread startAnother(Runnable work) {
    return new Thread(work);
  }

  void run(ExecutorService pool) {
    pool.shutdown();
  }

  void allowed(AtomicInteger counter, ConcurrentMap<String, String> texts) {
    counter.incrementAndGet();
    texts.clear();
    Thread.currentThread().interrupt();
  }
}
