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
import kassa.client.OrderServer.Answer;
import org.jspecify.annotations.Nullable;

/**
 * Sends orders by batches, a few of them at once, and again where nothing is known of them. Owns
 * all threads of the client. No more orders are held than are under way.
 */
final class Feed {

  private static final int BATCHES_AT_ONCE = 4;
  private static final int ORDERS_OF_BATCH = 200;
  private static final int CHARACTERS_OF_BATCH = 1 << 20;
  private static final int MOST_BREAKAGES = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final ResultsFile results;
  private final Tally tally;
  private final Duration patience;
  private final Semaphore places = new Semaphore(BATCHES_AT_ONCE);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable String obstacle;
  private LongConsumer progress = more -> {};

  /**
   * @param patience how long a batch may be sent again without any progress
   */
  Feed(ResultsFile results, Tally tally, Duration patience) {
    this.results = results;
    this.tally = tally;
    this.patience = patience;
  }

  /** Sends what is not placed yet, and returns when something became of all that was sent. */
  Report run(Submissions orders, OrderServer server, LongConsumer onProgress) throws IOException {
    progress = onProgress;
    try {
      server.absence().ifPresent(this::giveUp);
      sendAll(orders, server);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop();
    }
    synchronized (this) {
      if (obstacle == null && tally.report(null).left() > 0) {
        obstacle = "it was stopped";
      }
      return tally.report(obstacle);
    }
  }

  /** Sends nothing more. */
  void stop() {
    stopped.countDown();
  }

  private void sendAll(Submissions orders, OrderServer server)
      throws IOException, InterruptedException {
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Submission.Sendable> batch = nextBatch(orders);
      while (!batch.isEmpty() && !isStopped()) {
        places.acquire();
        List<Submission.Sendable> full = batch;
        senders.execute(() -> sendAndRelease(full, server));
        batch = nextBatch(orders);
      }
    }
  }

  /** The next orders that are to be sent; none at the end. Those that cannot be sent are noted. */
  private List<Submission.Sendable> nextBatch(Submissions orders) throws IOException {
    List<Submission.Sendable> batch = new ArrayList<>();
    long characters = 0;
    while (batch.size() < ORDERS_OF_BATCH && characters < CHARACTERS_OF_BATCH && !isStopped()) {
      Submission next = orders.next();
      if (next == null) {
        break;
      }
      if (results.isPlaced(next.line())) {
        continue;
      }
      switch (next) {
        case Submission.Sendable order -> {
          batch.add(order);
          characters += order.json().length();
        }
        case Submission.Unsendable(int _, @Nullable String _, Problem problem) ->
            note(List.of(next), List.of(new Outcome.Refused(statusOf(problem), problem)));
      }
    }
    return batch;
  }

  /** What the server would have answered. */
  private static int statusOf(Problem problem) {
    return switch (problem.code()) {
      case Problem.TOO_LARGE -> 413;
      case Problem.MALFORMED_JSON -> 400;
      default -> 422;
    };
  }

  private void sendAndRelease(List<Submission.Sendable> batch, OrderServer server) {
    try {
      new Delivery(batch, server).run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop();
    } catch (RuntimeException defect) {
      giveUp(String.valueOf(defect));
    } finally {
      places.release();
    }
  }

  private synchronized void giveUp(String reason) {
    if (obstacle == null) {
      obstacle = reason;
    }
    stop();
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private synchronized void note(
      List<? extends Submission> orders, List<? extends Outcome> outcomes) {
    try {
      for (int i = 0; i < orders.size(); i++) {
        results.add(orders.get(i).line(), orders.get(i).key(), outcomes.get(i));
        tally.add(orders.get(i).line(), outcomes.get(i));
      }
      progress.accept(orders.size());
    } catch (IOException broken) {
      giveUp("the results cannot be kept: " + broken.getMessage());
    }
  }

  /** A batch on its way, in parts if need be, until something became of each order. */
  private final class Delivery {

    private final OrderServer server;
    private final Deque<List<Submission.Sendable>> parts = new ArrayDeque<>();
    private int fruitless;
    private int breakages;
    private long progressed = System.nanoTime();

    private Delivery(List<Submission.Sendable> batch, OrderServer server) {
      this.server = server;
      parts.add(batch);
    }

    private void run() throws InterruptedException {
      while (!parts.isEmpty() && !isStopped()) {
        List<Submission.Sendable> part = parts.remove();
        switch (server.send(part)) {
          case Answer.Decided(List<Outcome> outcomes) -> take(part, outcomes);
          case Answer.RefusedAsAWhole(Outcome.Refused refusal) -> split(part, refusal);
          case Answer.NotNow(Duration pause, String reason) -> again(part, pause, reason);
          case Answer.NotHere(String reason) -> giveUp(reason);
        }
      }
    }

    /** Notes what is final, and sends the rest again. */
    private void take(List<Submission.Sendable> part, List<Outcome> outcomes)
        throws InterruptedException {
      List<Submission.Sendable> decided = new ArrayList<>();
      List<Outcome> what = new ArrayList<>();
      List<Submission.Sendable> open = new ArrayList<>();
      String reason = "";
      boolean broke = false;
      for (int i = 0; i < part.size(); i++) {
        if (outcomes.get(i) instanceof Outcome.Refused refused && mayPass(refused)) {
          open.add(part.get(i));
          reason = refused.problem().detail();
          broke |= refused.isBreakage();
        } else {
          decided.add(part.get(i));
          what.add(outcomes.get(i));
        }
      }
      if (!decided.isEmpty()) {
        note(decided, what);
        progress();
      }
      if (!open.isEmpty()) {
        breakages += broke ? 1 : 0;
        again(open, Duration.ZERO, reason);
      }
    }

    private boolean mayPass(Outcome.Refused refused) {
      return refused.isPassing() && !(refused.isBreakage() && breakages >= MOST_BREAKAGES);
    }

    /** One of them is to blame, and is found by halves. */
    private void split(List<Submission.Sendable> part, Outcome.Refused refusal) {
      int size = part.size();
      if (size == 1) {
        note(part, List.of(refusal));
      } else {
        parts.addFirst(part.subList(size / 2, size));
        parts.addFirst(part.subList(0, size / 2));
      }
      progress();
    }

    private void progress() {
      fruitless = 0;
      progressed = System.nanoTime();
    }

    private void again(List<Submission.Sendable> part, Duration pause, String reason)
        throws InterruptedException {
      if (System.nanoTime() - progressed > patience.toNanos()) {
        giveUp(reason);
        return;
      }
      parts.addFirst(part);
      long grown = FIRST_PAUSE.toMillis() << Math.min(fruitless, 10);
      fruitless++;
      long millis = Math.max(pause.toMillis(), Math.min(grown, LONGEST_PAUSE.toMillis()));
      stopped.await(millis, TimeUnit.MILLISECONDS);
    }
  }
}
