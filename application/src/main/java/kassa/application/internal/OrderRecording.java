package kassa.application.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.RecordOrders;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.OrderStore.Acceptance;
import kassa.application.port.out.OrderStore.Submission;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderNumber;
import kassa.domain.pricing.RuleSet;
import org.jspecify.annotations.Nullable;

/** Records orders of the past: prices each at its own time, and keeps them together. */
public final class OrderRecording implements RecordOrders {

  /** Stands for the number that the store gives when it keeps the order. */
  private static final OrderNumber NOT_YET = new OrderNumber(1);

  private final OrderStore orders;
  private final OrderPricing pricing;
  private final RuleBook rules;

  public OrderRecording(OrderStore orders, OrderPricing pricing, RuleBook rules) {
    this.orders = orders;
    this.pricing = pricing;
    this.rules = rules;
  }

  @Override
  public List<Outcome> record(List<PastOrder> past) {
    if (past.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException("at most " + MOST_AT_ONCE + " orders at once");
    }
    List<@Nullable Outcome> outcomes =
        new ArrayList<>(Collections.<@Nullable Outcome>nCopies(past.size(), null));
    for (int attempt = 0; attempt < OrderPricing.MOST_ATTEMPTS; attempt++) {
      if (!recordOpen(past, outcomes)) {
        break;
      }
    }
    return outcomes.stream()
        .map(outcome -> Objects.requireNonNullElseGet(outcome, Outcome.Contended::new))
        .toList();
  }

  /** Tries those that have no outcome yet, and tells whether there are any left. */
  private boolean recordOpen(List<PastOrder> past, List<@Nullable Outcome> outcomes) {
    RuleSet set = rules.current();
    List<Integer> places = new ArrayList<>();
    List<Submission> priced = new ArrayList<>();
    for (int i = 0; i < past.size(); i++) {
      if (outcomes.get(i) == null) {
        PastOrder order = past.get(i);
        switch (pricing.price(order.order(), order.id(), order.placedAt(), set)) {
          case OrderPricing.Result.Priced(NewOrder found) -> {
            places.add(i);
            priced.add(byNow(found, order));
          }
          case OrderPricing.Result.Refused(Outcome outcome) -> outcomes.set(i, outcome);
        }
      }
    }
    List<Acceptance> acceptances = priced.isEmpty() ? List.of() : orders.acceptAll(priced);
    boolean open = false;
    for (int i = 0; i < acceptances.size(); i++) {
      if (acceptances.get(i) instanceof Acceptance.Accepted accepted) {
        outcomes.set(places.get(i), new Outcome.Placed(accepted.order()));
      } else {
        open = true;
      }
    }
    return open;
  }

  private static Submission byNow(NewOrder placed, PastOrder past) {
    OrderChange since = past.since().apply(placed.accepted(NOT_YET)).orElse(null);
    return new Submission(placed, since, null);
  }
}
