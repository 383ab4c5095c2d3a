package kassa.application.internal.order;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RequestFingerprint;
import kassa.application.idempotency.RunIdempotently;
import kassa.application.idempotency.RunIdempotently.Start;
import kassa.application.idempotency.StoredResponse;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.in.order.PlaceOrderBatch.Submission;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.AtomicInsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.usage.UsageCounter;
import org.jspecify.annotations.Nullable;

/**
 * Places a batch of orders atomically: all or none.
 *
 * <p>Two batches with common idempotency keys do not refuse each other: each starts its keys in the
 * same order and waits for those that are in progress. One places its orders, and the other gets
 * the stored responses.
 */
public final class AtomicBatchPlacement {

  /**
   * The maximum number of lines and discounts of all orders together. They are written in one
   * transaction, and on H2 other orders wait for it.
   */
  public static final int MAX_ROWS = 15_000;

  /**
   * The attempts after which an exceeded limit refuses the batch. In a second attempt the price
   * leaves out a discount whose limit concurrent orders have used up.
   */
  private static final int MAX_LIMIT_ATTEMPTS = 3;

  private static final int NONE = -1;

  private final OrderStore orders;
  private final RunIdempotently idempotency;
  private final PlaceOrderService placeOrder;
  private final Duration maxWait;

  /**
   * @param maxWait the maximum wait for the same requests in progress
   */
  public AtomicBatchPlacement(
      OrderStore orders,
      RunIdempotently idempotency,
      PlaceOrderService placeOrder,
      Duration maxWait) {
    this.orders = orders;
    this.idempotency = idempotency;
    this.placeOrder = placeOrder;
    this.maxWait = maxWait;
  }

  /**
   * Places all orders in one transaction, or none. Retries when a concurrent order used up a limit
   * or another node completed one of the requests.
   */
  public List<Result> place(List<Submission> submissions) {
    int exceededLimits = 0;
    for (int count = 0; count < OrderPricing.MAX_ATTEMPTS; count++) {
      try (Attempt attempt = new Attempt(submissions)) {
        attempt.startRequests();
        attempt.price();
        if (attempt.isRefused()) {
          // The effect of the same request on another node can be the cause of the refusal.
          if (!attempt.isStoredMeanwhile()) {
            return attempt.refusals();
          }
        } else {
          switch (orders.insertAtomically(attempt.inserts)) {
            case AtomicInsertResult.Inserted(List<Order> inserted) -> {
              return attempt.results(inserted);
            }
            case AtomicInsertResult.LimitExceeded(int index, UsageCounter counter) -> {
              exceededLimits++;
              if (exceededLimits == MAX_LIMIT_ATTEMPTS) {
                return attempt.refusals(index, new Outcome.LimitExhausted(counter));
              }
            }
            case AtomicInsertResult.KeyTaken() -> {
              // The stored response is found when the request is started again.
            }
          }
        }
      }
    }
    return Collections.nCopies(
        submissions.size(), new Result.Processed(new Outcome.ConcurrentModification()));
  }

  /** One attempt to place the batch. */
  private final class Attempt implements AutoCloseable {

    private final List<Submission> submissions;
    private final Map<IdempotencyKey, Start> starts = new HashMap<>();

    /** The known outcome of each submission; null if it is placed or repeats another one. */
    private final List<@Nullable Outcome> outcomes = new ArrayList<>();

    /** The first submission with the same key and content, of each that repeats it. */
    private final Map<Integer, Integer> firstOfRepeated = new HashMap<>();

    private final List<OrderInsert> inserts = new ArrayList<>();

    /** The submission of each insert. */
    private final List<Integer> insertIndexes = new ArrayList<>();

    /**
     * The submission with which the batch has more than {@link #MAX_ROWS} rows, or {@link #NONE}.
     */
    private int tooLargeIndex = NONE;

    private Attempt(List<Submission> submissions) {
      this.submissions = submissions;
      submissions.forEach(submission -> outcomes.add(null));
    }

    /** Starts the requests in the order of their keys, so that batches cannot block each other. */
    void startRequests() {
      Map<String, IdempotentRequest<Order>> requests = new TreeMap<>();
      for (Submission submission : submissions) {
        IdempotentRequest<Order> request = submission.idempotentRequest();
        if (request != null) {
          requests.putIfAbsent(request.key().text(), request);
        }
      }
      for (IdempotentRequest<Order> request : requests.values()) {
        Start start = idempotency.startWhenFree(request.key(), request.fingerprint(), maxWait);
        starts.put(request.key(), start);
        if (start instanceof Start.InProgress) {
          return;
        }
      }
    }

    /** Prices the orders that are not completed yet, and collects the refusals. */
    void price() {
      Map<IdempotencyKey, Integer> firstIndexes = new HashMap<>();
      int rows = 0;
      for (int index = 0; index < submissions.size() && rows <= MAX_ROWS; index++) {
        Submission submission = submissions.get(index);
        IdempotentRequest<Order> request = submission.idempotentRequest();
        Integer first = request == null ? null : firstIndexes.putIfAbsent(request.key(), index);
        if (request != null && first != null) {
          repeat(index, first, request);
        } else if (request == null || starts.get(request.key()) instanceof Start.Started) {
          rows += price(index, submission);
          tooLargeIndex = rows > MAX_ROWS ? index : NONE;
        } else {
          outcomes.set(index, toOutcome(starts.get(request.key())));
        }
      }
    }

    private void repeat(int index, int first, IdempotentRequest<Order> request) {
      IdempotentRequest<Order> firstRequest =
          requireNonNull(submissions.get(first).idempotentRequest());
      RequestFingerprint.difference(firstRequest.fingerprint(), request.fingerprint())
          .ifPresentOrElse(
              difference -> outcomes.set(index, new Outcome.KeyReused(difference)),
              () -> firstOfRepeated.put(index, first));
    }

    /** Returns the number of rows of the priced order. */
    private int price(int index, Submission submission) {
      return switch (placeOrder.price(submission.command())) {
        case OrderPricing.Result.Refused(Outcome refusal) -> {
          outcomes.set(index, refusal);
          yield 0;
        }
        case OrderPricing.Result.Priced(NewOrder order) -> {
          inserts.add(new OrderInsert(order, submission.idempotentRequest()));
          insertIndexes.add(index);
          yield order.price().rowCount();
        }
      };
    }

    boolean isRefused() {
      return tooLargeIndex != NONE
          || starts.containsValue(new Start.InProgress())
          || outcomes.stream()
              .anyMatch(each -> each != null && !(each instanceof Outcome.Replayed));
    }

    boolean isStoredMeanwhile() {
      return starts.values().stream()
          .anyMatch(start ->
              start instanceof Start.Started started && started.findStoredMeanwhile().isPresent());
    }

    /** Returns the results of a refused batch. */
    List<Result> refusals() {
      List<Result> results = new ArrayList<>(outcomes.size());
      for (Outcome outcome : outcomes) {
        results.add(outcome == null ? new Result.BatchAborted() : new Result.Processed(outcome));
      }
      if (tooLargeIndex != NONE) {
        results.set(tooLargeIndex, new Result.BatchTooLarge(MAX_ROWS));
      }
      return results;
    }

    /** Returns the results of a batch that is refused because of one of its inserts. */
    List<Result> refusals(int insertIndex, Outcome outcome) {
      outcomes.set(insertIndexes.get(insertIndex), outcome);
      return refusals();
    }

    /** Returns the results of a placed batch. */
    List<Result> results(List<Order> inserted) {
      for (int i = 0; i < inserted.size(); i++) {
        outcomes.set(insertIndexes.get(i), new Outcome.Placed(inserted.get(i)));
      }
      firstOfRepeated.forEach((index, first) -> outcomes.set(index, repeated(index, first)));
      return refusals();
    }

    private Outcome repeated(int index, int first) {
      Outcome outcome = requireNonNull(outcomes.get(first));
      return outcome instanceof Outcome.Placed(Order order)
          ? new Outcome.Replayed(
              requireNonNull(submissions.get(index).idempotentRequest()).responseOf().apply(order))
          : outcome;
    }

    @Override
    public void close() {
      for (Start start : starts.values()) {
        if (start instanceof Start.Started started) {
          started.close();
        }
      }
    }
  }

  private static @Nullable Outcome toOutcome(@Nullable Start start) {
    return switch (start) {
      case Start.Replayed(StoredResponse response) -> new Outcome.Replayed(response);
      case Start.InProgress() -> new Outcome.InProgress();
      case Start.KeyReused(RequestFingerprint.Difference difference) ->
          new Outcome.KeyReused(difference);
      case Start.Started started -> null;
      case null -> null;
    };
  }
}
