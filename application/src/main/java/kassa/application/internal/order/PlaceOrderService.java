package kassa.application.internal.order;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotencyRecord.Result;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.internal.concurrent.WeightBudget;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.port.in.OverloadedException;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Telemetry;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.RuleSet;
import kassa.domain.rule.Policy;
import org.jspecify.annotations.Nullable;

/**
 * Places orders: prices the cart, checks the expectations, stores the order, and retries when a
 * concurrent order used up a limit.
 */
public final class PlaceOrderService implements PlaceOrder {

  /**
   * The number of lines and discounts up to which an order does not count: the number of concurrent
   * requests bounds the memory of such orders.
   */
  static final int MAX_UNCOUNTED_ROWS = 1_000;

  private static final Duration BUDGET_TIMEOUT = Duration.ofSeconds(5);

  /** The rules of orders of the past: their prices are those that were paid. */
  private static final RuleSet NO_RULES = new RuleSet(0, List.of(), Policy.DEFAULT);

  private final OrderStore orders;
  private final OrderPricing pricing;
  private final ActiveRuleSet rules;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final WeightBudget rowBudget;
  private final Telemetry telemetry;

  /**
   * @param rowBudget the lines and discounts of large orders that are placed concurrently
   */
  public PlaceOrderService(
      OrderStore orders,
      OrderPricing pricing,
      ActiveRuleSet rules,
      InstantSource clock,
      Supplier<UUID> ids,
      WeightBudget rowBudget,
      Telemetry telemetry) {
    this.orders = orders;
    this.pricing = pricing;
    this.rules = rules;
    this.clock = clock;
    this.ids = ids;
    this.rowBudget = rowBudget;
    this.telemetry = telemetry;
  }

  @Override
  public Outcome place(Command command) {
    Outcome outcome = priceAndStore(command);
    telemetry.count(OutcomeCounter.of(outcome));
    return outcome;
  }

  private Outcome priceAndStore(Command command) {
    for (int attempt = 0; attempt < OrderPricing.MAX_ATTEMPTS; attempt++) {
      BudgetedPrice price = priceWithinBudget(command);
      try {
        Outcome outcome = store(requireNonNull(price.result()), command);
        if (outcome != null) {
          return outcome;
        }
      } finally {
        rowBudget.giveBack(price.rows());
      }
    }
    return new Outcome.ConcurrentModification();
  }

  /**
   * Stores a priced order.
   *
   * @return null if the order has to be priced again: the new price can leave out a discount whose
   *     limit is exhausted
   */
  private @Nullable Outcome store(OrderPricing.Result price, Command command) {
    return switch (price) {
      case OrderPricing.Result.Refused(Outcome outcome) -> outcome;
      case OrderPricing.Result.Priced(NewOrder order) ->
          switch (orders.insert(toInsert(order, command))) {
            case InsertResult.Inserted(Order inserted) -> new Outcome.Placed(inserted);
            case InsertResult.LimitExceeded limitExceeded -> {
              telemetry.count(Counter.LIMIT_REFUSALS);
              yield null;
            }
          };
    };
  }

  /** Combines an order with the caller and the idempotency record of its request. */
  static OrderInsert toInsert(NewOrder order, Command command) {
    IdempotentRequest request = command.request();
    IdempotencyRecord idempotencyRecord =
        request == null
            ? null
            : request.toRecord(new Result.PlacedOrder(order.id()), order.arrivedAt());
    return new OrderInsert(order, null, idempotencyRecord, command.actor());
  }

  /**
   * Price of an order.
   *
   * @param result the price; null if the budget has no room for it
   * @param rows the rows that it takes of the budget, or needs
   */
  private record BudgetedPrice(OrderPricing.@Nullable Result result, int rows) {}

  /**
   * Prices an order. A large order that the budget has no room for is forgotten, and priced again
   * when there is room: it takes no memory while it waits.
   *
   * @throws OverloadedException if there is no room in time
   */
  private BudgetedPrice priceWithinBudget(Command command) {
    BudgetedPrice price = tryPrice(command);
    if (price.result() != null) {
      return price;
    }
    rowBudget.take(price.rows(), BUDGET_TIMEOUT);
    try {
      return new BudgetedPrice(price(command), price.rows());
    } catch (RuntimeException | Error failure) {
      rowBudget.giveBack(price.rows());
      throw failure;
    }
  }

  private BudgetedPrice tryPrice(Command command) {
    OrderPricing.Result result = price(command);
    int rows =
        result instanceof OrderPricing.Result.Priced(NewOrder order) ? order.price().rowCount() : 0;
    if (rows <= MAX_UNCOUNTED_ROWS) {
      return new BudgetedPrice(result, 0);
    }
    return new BudgetedPrice(rowBudget.tryTake(rows) ? result : null, rows);
  }

  /** Prices an order as of now, or an order of the past without rules. */
  OrderPricing.Result price(Command command) {
    Instant now = clock.instant();
    OrderId id = new OrderId(ids.get());
    Instant placedAt = command.placedAt();
    if (placedAt == null) {
      return pricing.price(command, id, now, rules.current());
    }
    if (placedAt.isAfter(now)) {
      return new OrderPricing.Result.Refused(new Outcome.PlacedInFuture());
    }
    return switch (pricing.price(command, id, placedAt, NO_RULES)) {
      case OrderPricing.Result.Priced(NewOrder order) ->
          new OrderPricing.Result.Priced(order.withArrival(now));
      case OrderPricing.Result.Refused refused -> refused;
    };
  }
}
