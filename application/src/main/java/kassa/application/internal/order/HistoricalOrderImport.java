package kassa.application.internal.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.port.in.order.ImportHistoricalOrders;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderNumber;
import kassa.domain.pricing.RuleSet;
import org.jspecify.annotations.Nullable;

/**
 * Imports historical orders: prices each order as of its own time, and inserts the batch in one
 * transaction.
 */
public final class HistoricalOrderImport implements ImportHistoricalOrders {

  /** Placeholder until the store assigns the order number. */
  private static final OrderNumber PLACEHOLDER_NUMBER = new OrderNumber(1);

  private final OrderStore orders;
  private final OrderPricing pricing;
  private final ActiveRuleSet rules;

  public HistoricalOrderImport(OrderStore orders, OrderPricing pricing, ActiveRuleSet rules) {
    this.orders = orders;
    this.pricing = pricing;
    this.rules = rules;
  }

  @Override
  public List<Outcome> importOrders(List<HistoricalOrder> historical) {
    if (historical.size() > MAX_BATCH_SIZE) {
      throw new IllegalArgumentException(
          "at most " + MAX_BATCH_SIZE + " orders can be imported in one call");
    }
    List<@Nullable Outcome> outcomes =
        new ArrayList<>(Collections.<@Nullable Outcome>nCopies(historical.size(), null));
    for (int attempt = 0; attempt < OrderPricing.MAX_ATTEMPTS; attempt++) {
      if (!importPending(historical, outcomes)) {
        break;
      }
    }
    return outcomes.stream()
        .map(outcome -> Objects.requireNonNullElseGet(outcome, Outcome.ConcurrentModification::new))
        .toList();
  }

  /**
   * Prices and inserts the orders that have no outcome yet.
   *
   * @return whether orders remain without an outcome
   */
  private boolean importPending(
      List<HistoricalOrder> historical, List<@Nullable Outcome> outcomes) {
    RuleSet set = rules.current();
    List<Integer> indexes = new ArrayList<>();
    List<OrderInsert> priced = new ArrayList<>();
    for (int i = 0; i < historical.size(); i++) {
      if (outcomes.get(i) == null) {
        HistoricalOrder order = historical.get(i);
        switch (pricing.price(order.command(), order.id(), order.placedAt(), set)) {
          case OrderPricing.Result.Priced(NewOrder found) -> {
            indexes.add(i);
            priced.add(toInsert(found, order));
          }
          case OrderPricing.Result.Refused(Outcome outcome) -> outcomes.set(i, outcome);
        }
      }
    }
    List<InsertResult> results = priced.isEmpty() ? List.of() : orders.insertAll(priced);
    boolean pending = false;
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof InsertResult.Inserted accepted) {
        outcomes.set(indexes.get(i), new Outcome.Placed(accepted.order()));
      } else {
        pending = true;
      }
    }
    return pending;
  }

  private static OrderInsert toInsert(NewOrder placed, HistoricalOrder historical) {
    OrderChange laterChange =
        historical.laterChange().apply(placed.toOrder(PLACEHOLDER_NUMBER)).orElse(null);
    return new OrderInsert(placed, laterChange, null);
  }
}
