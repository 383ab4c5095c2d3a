package kassa.application.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import kassa.application.idempotency.Answer;
import kassa.application.idempotency.KeyedCall;
import kassa.application.port.in.CallOnce;
import kassa.application.port.in.CallOnce.Beginning;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.ProcessOrders.Result;
import kassa.application.port.in.ProcessOrders.Submission;
import kassa.application.port.out.OrderStore;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import org.jspecify.annotations.Nullable;

/** Places orders together: all of them, or none. */
public final class JointPlacement {

  private final OrderStore orders;
  private final CallOnce once;
  private final OrderPlacement placement;

  public JointPlacement(OrderStore orders, CallOnce once, OrderPlacement placement) {
    this.orders = orders;
    this.once = once;
    this.placement = placement;
  }

  List<Result> place(List<Submission> submissions) {
    for (int attempt = 0; attempt < OrderPricing.MOST_ATTEMPTS; attempt++) {
      List<Beginning.Begun> begun = new ArrayList<>();
      try {
        Optional<List<Result>> results = placeOnce(submissions, begun);
        if (results.isPresent()) {
          return results.get();
        }
      } finally {
        begun.forEach(Beginning.Begun::close);
      }
    }
    return Collections.nCopies(submissions.size(), new Result.Processed(new Outcome.Contended()));
  }

  /** Nothing if it has to be tried again. */
  private Optional<List<Result>> placeOnce(
      List<Submission> submissions, List<Beginning.Begun> begun) {
    List<@Nullable Outcome> outcomes = new ArrayList<>(submissions.size());
    List<OrderStore.Submission> priced = new ArrayList<>(submissions.size());
    for (Submission submission : submissions) {
      Outcome settled = submission.call() == null ? null : begin(submission.call(), begun);
      if (settled == null) {
        switch (placement.price(submission.command())) {
          case OrderPricing.Result.Refused(Outcome refusal) -> settled = refusal;
          case OrderPricing.Result.Priced(NewOrder order) ->
              priced.add(new OrderStore.Submission(order, submission.call()));
        }
      }
      outcomes.add(settled);
    }
    boolean refused =
        outcomes.stream().anyMatch(each -> each != null && !(each instanceof Outcome.Repeated));
    if (refused) {
      // What is in the way may be what the same orders have done on another node.
      return begun.stream().anyMatch(each -> each.keptMeanwhile().isPresent())
          ? Optional.empty()
          : Optional.of(outcomes.stream().map(JointPlacement::withheld).toList());
    }
    return orders.acceptTogether(priced).map(accepted -> results(outcomes, accepted));
  }

  private @Nullable Outcome begin(KeyedCall<Order> call, List<Beginning.Begun> begun) {
    return switch (once.begin(call.key(), call.request())) {
      case Beginning.Begun now -> {
        begun.add(now);
        yield null;
      }
      case Beginning.Done(Answer answer) -> new Outcome.Repeated(answer);
      case Beginning.UnderWay() -> new Outcome.UnderWay();
      case Beginning.OtherRequest() -> new Outcome.OtherRequest();
    };
  }

  private static Result withheld(@Nullable Outcome outcome) {
    return outcome == null ? new Result.Withheld() : new Result.Processed(outcome);
  }

  private static List<Result> results(List<@Nullable Outcome> outcomes, List<Order> accepted) {
    Iterator<Order> placed = accepted.iterator();
    return outcomes.stream()
        .<Result>map(outcome ->
            new Result.Processed(outcome == null ? new Outcome.Placed(placed.next()) : outcome))
        .toList();
  }
}
