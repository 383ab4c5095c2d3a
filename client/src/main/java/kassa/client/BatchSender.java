package kassa.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import kassa.client.OrderApiClient.BatchResult;
import org.jspecify.annotations.Nullable;

/**
 * Sends orders in up to four concurrent batches, and retries with exponential backoff where the
 * outcome is unknown or a rejection is temporary. Owns all threads of the client. Memory is bounded
 * by the batches in flight.
 */
final class BatchSender {

  private static final int MAX_CONCURRENT_BATCHES = 4;
  private static final int MAX_BATCH_ORDERS = 200;
  private static final int MAX_BATCH_CHARACTERS = 1 << 20;
  private static final int MAX_SERVER_ERRORS = 3;
  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

  private final ImportResultsFile results;
  private final ImportStatistics statistics;
  private final Duration noProgressTimeout;
  private final Semaphore batchPermits = new Semaphore(MAX_CONCURRENT_BATCHES);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable String abortReason;
  private LongConsumer progress = more -> {};

  /**
   * @param noProgressTimeout maximum duration of retries of a batch without progress
   */
  BatchSender(ImportResultsFile results, ImportStatistics statistics, Duration noProgressTimeout) {
    this.results = results;
    this.statistics = statistics;
    this.noProgressTimeout = noProgressTimeout;
  }

  /** Sends the orders that are not placed yet, and returns when all sent batches are completed. */
  ImportReport run(FileOrderReader orders, OrderApiClient server, LongConsumer onProgress)
      throws IOException {
    progress = onProgress;
    try {
      server.unreachableReason().ifPresent(this::abort);
      sendAll(orders, server);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop();
    }
    synchronized (this) {
      if (abortReason == null && statistics.toReport(null).unsent() > 0) {
        abortReason = "it was stopped";
      }
      return statistics.toReport(abortReason);
    }
  }

  /** Sends no more batches. Thread-safe. */
  void stop() {
    stopped.countDown();
  }

  private void sendAll(FileOrderReader orders, OrderApiClient server)
      throws IOException, InterruptedException {
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<FileOrder.Valid> batch = nextBatch(orders);
      while (!batch.isEmpty() && !isStopped()) {
        batchPermits.acquire();
        List<FileOrder.Valid> full = batch;
        senders.execute(() -> sendAndRelease(full, server));
        batch = nextBatch(orders);
      }
    }
  }

  /** Next orders to send; empty at the end. Invalid orders get their result at once. */
  private List<FileOrder.Valid> nextBatch(FileOrderReader orders) throws IOException {
    List<FileOrder.Valid> batch = new ArrayList<>();
    long characters = 0;
    while (batch.size() < MAX_BATCH_ORDERS && characters < MAX_BATCH_CHARACTERS && !isStopped()) {
      FileOrder next = orders.next();
      if (next == null) {
        break;
      }
      if (results.isPlaced(next.line())) {
        continue;
      }
      switch (next) {
        case FileOrder.Valid order -> {
          batch.add(order);
          characters += order.json().length();
        }
        case FileOrder.Invalid(int _, @Nullable String _, ProblemDetail problem) ->
            recordOutcomes(
                List.of(next), List.of(new ImportOutcome.Rejected(statusOf(problem), problem)));
      }
    }
    return batch;
  }

  /** HTTP status that the server would respond with. */
  private static int statusOf(ProblemDetail problem) {
    return switch (problem.code()) {
      case ProblemDetail.TOO_LARGE -> 413;
      case ProblemDetail.MALFORMED_JSON -> 400;
      default -> 422;
    };
  }

  private void sendAndRelease(List<FileOrder.Valid> batch, OrderApiClient server) {
    try {
      new BatchDelivery(batch, server).run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop();
    } catch (RuntimeException defect) {
      abort(String.valueOf(defect));
    } finally {
      batchPermits.release();
    }
  }

  private synchronized void abort(String reason) {
    if (abortReason == null) {
      abortReason = reason;
    }
    stop();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private synchronized void recordOutcomes(
      List<? extends FileOrder> orders, List<? extends ImportOutcome> outcomes) {
    try {
      for (int i = 0; i < orders.size(); i++) {
        results.append(orders.get(i).line(), orders.get(i).key(), outcomes.get(i));
        statistics.add(orders.get(i).line(), outcomes.get(i));
      }
      progress.accept(orders.size());
    } catch (IOException broken) {
      abort("cannot write results: " + broken.getMessage());
    }
  }

  /** Delivery of one batch, split and retried as needed, until each order has a result. */
  private final class BatchDelivery {

    private final OrderApiClient server;
    private final Deque<List<FileOrder.Valid>> parts = new ArrayDeque<>();
    private int failedAttempts;
    private int serverErrors;
    private long lastProgressNanos = System.nanoTime();

    private BatchDelivery(List<FileOrder.Valid> batch, OrderApiClient server) {
      this.server = server;
      parts.add(batch);
    }

    private void run() throws InterruptedException {
      while (!parts.isEmpty() && !isStopped()) {
        List<FileOrder.Valid> part = parts.remove();
        switch (server.send(part)) {
          case BatchResult.Processed(List<ImportOutcome> outcomes) ->
              handleOutcomes(part, outcomes);
          case BatchResult.BatchRejected(ImportOutcome.Rejected rejection) ->
              split(part, rejection);
          case BatchResult.RetryLater(Duration delay, String reason) -> retry(part, delay, reason);
          case BatchResult.PermanentFailure(String reason) -> abort(reason);
        }
      }
    }

    /** Records final outcomes and retries the other orders. */
    private void handleOutcomes(List<FileOrder.Valid> part, List<ImportOutcome> outcomes)
        throws InterruptedException {
      List<FileOrder.Valid> finalOrders = new ArrayList<>();
      List<ImportOutcome> finalOutcomes = new ArrayList<>();
      List<FileOrder.Valid> retryOrders = new ArrayList<>();
      String reason = "";
      boolean hasServerError = false;
      for (int i = 0; i < part.size(); i++) {
        if (outcomes.get(i) instanceof ImportOutcome.Rejected rejected && shouldRetry(rejected)) {
          retryOrders.add(part.get(i));
          reason = rejected.problem().detail();
          hasServerError |= rejected.isServerError();
        } else {
          finalOrders.add(part.get(i));
          finalOutcomes.add(outcomes.get(i));
        }
      }
      if (!finalOrders.isEmpty()) {
        recordOutcomes(finalOrders, finalOutcomes);
        resetBackoff();
      }
      if (!retryOrders.isEmpty()) {
        serverErrors += hasServerError ? 1 : 0;
        retry(retryOrders, Duration.ZERO, reason);
      }
    }

    private boolean shouldRetry(ImportOutcome.Rejected rejected) {
      return rejected.isRetryable()
          && !(rejected.isServerError() && serverErrors >= MAX_SERVER_ERRORS);
    }

    /** Bisects a rejected batch to find the invalid order. */
    private void split(List<FileOrder.Valid> part, ImportOutcome.Rejected rejection) {
      int size = part.size();
      if (size == 1) {
        recordOutcomes(part, List.of(rejection));
      } else {
        parts.addFirst(part.subList(size / 2, size));
        parts.addFirst(part.subList(0, size / 2));
      }
      resetBackoff();
    }

    private void resetBackoff() {
      failedAttempts = 0;
      lastProgressNanos = System.nanoTime();
    }

    private void retry(List<FileOrder.Valid> part, Duration minDelay, String reason)
        throws InterruptedException {
      if (System.nanoTime() - lastProgressNanos > noProgressTimeout.toNanos()) {
        abort(reason);
        return;
      }
      parts.addFirst(part);
      long backoffMillis = INITIAL_BACKOFF.toMillis() << Math.min(failedAttempts, 10);
      failedAttempts++;
      long millis = Math.max(minDelay.toMillis(), Math.min(backoffMillis, MAX_BACKOFF.toMillis()));
      stopped.await(millis, TimeUnit.MILLISECONDS);
    }
  }
}
