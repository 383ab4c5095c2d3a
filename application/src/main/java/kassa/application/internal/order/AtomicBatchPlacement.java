package kassa.application.internal.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RunIdempotently;
import kassa.application.idempotency.RunIdempotently.Start;
import kassa.application.idempotency.StoredResponse;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.in.order.PlaceOrderBatch.Result;
import kassa.application.port.in.order.PlaceOrderBatch.Submission;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

/** Places a batch of orders atomically: all or none. */
public final class AtomicBatchPlacement {

  private final OrderStore orders;
  private final RunIdempotently idempotency;
  private final PlaceOrderService placeOrder;

  public AtomicBatchPlacement(
      OrderStore orders, RunIdempotently idempotency, PlaceOrderService placeOrder) {
    this.orders = orders;
    this.idempotency = idempotency;
    this.placeOrder = placeOrder;
  }

  /**
   * Places all orders in one transaction, or none. Retries when a concurrent order used up a limit.
   */
  public List<Result> place(List<Submission> submissions) {
    for (int attempt = 0; attempt < OrderPricing.MAX_ATTEMPTS; attempt++) {
      List<Start.Started> started = new ArrayList<>();
      try {
        Optional<List<Result>> results = placeOnce(submissions, started);
        if (results.isPresent()) {
          return results.get();
        }
      } finally {
        started.forEach(Start.Started::close);
      }
    }
    return Collections.nCopies(
        submissions.size(), new Result.Processed(new Outcome.ConcurrentModification()));
  }

  /**
   * Tries to place the batch once.
   *
   * @param started receives the started idempotent requests, to be closed by the caller
   * @return the results; empty if the batch has to be retried
   */
  private Optional<List<Result>> placeOnce(
      List<Submission> submissions, List<Start.Started> started) {
    List<@Nullable Outcome> outcomes = new ArrayList<>(submissions.size());
    List<OrderStore.OrderInsert> priced = new ArrayList<>(submissions.size());
    for (Submission submission : submissions) {
      Outcome settled =
          submission.idempotentRequest() == null
              ? null
              : startRequest(submission.idempotentRequest(), started);
      if (settled == null) {
        switch (placeOrder.price(submission.command())) {
          case OrderPricing.Result.Refused(Outcome refusal) -> settled = refusal;
          case OrderPricing.Result.Priced(NewOrder order) ->
              priced.add(new OrderStore.OrderInsert(order, submission.idempotentRequest()));
        }
      }
      outcomes.add(settled);
    }
    boolean refused =
        outcomes.stream().anyMatch(each -> each != null && !(each instanceof Outcome.Replayed));
    if (refused) {
      // Another node may have completed the same requests concurrently, which can cause the
      // refusal.
      return started.stream().anyMatch(each -> each.findStoredMeanwhile().isPresent())
          ? Optional.empty()
          : Optional.of(outcomes.stream().map(AtomicBatchPlacement::toAbortedResult).toList());
    }
    return orders.insertAtomically(priced).map(inserted -> results(outcomes, inserted));
  }

  private @Nullable Outcome startRequest(
      IdempotentRequest<Order> request, List<Start.Started> started) {
    return switch (idempotency.start(request.key(), request.fingerprint())) {
      case Start.Started now -> {
        started.add(now);
        yield null;
      }
      case Start.Replayed(StoredResponse response) -> new Outcome.Replayed(response);
      case Start.InProgress() -> new Outcome.InProgress();
      case Start.KeyReused reused -> new Outcome.KeyReused(reused.difference());
    };
  }

  private static Result toAbortedResult(@Nullable Outcome outcome) {
    return outcome == null ? new Result.BatchAborted() : new Result.Processed(outcome);
  }

  private static List<Result> results(List<@Nullable Outcome> outcomes, List<Order> inserted) {
    Iterator<Order> placed = inserted.iterator();
    return outcomes.stream()
        .<Result>map(outcome ->
            new Result.Processed(outcome == null ? new Outcome.Placed(placed.next()) : outcome))
        .toList();
  }
}
