package kassa.application.internal.order;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.idempotency.RequestFingerprint;
import kassa.application.idempotency.RunIdempotently;
import kassa.application.idempotency.RunIdempotently.Start;
import kassa.application.idempotency.StoredResponse;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.port.in.order.PlaceOrder;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * Places orders idempotently: prices the cart, checks the expectations, stores the order, and
 * retries when a concurrent order used up a limit.
 */
public final class PlaceOrderService implements PlaceOrder {

  private final OrderStore orders;
  private final RunIdempotently idempotency;
  private final OrderPricing pricing;
  private final ActiveRuleSet rules;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public PlaceOrderService(
      OrderStore orders,
      RunIdempotently idempotency,
      OrderPricing pricing,
      ActiveRuleSet rules,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.orders = orders;
    this.idempotency = idempotency;
    this.pricing = pricing;
    this.rules = rules;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome place(Command command, @Nullable IdempotentRequest<Order> request) {
    if (request == null) {
      return placeWithRetries(command, null);
    }
    return switch (idempotency.start(request.key(), request.fingerprint())) {
      case Start.Started started -> {
        try (started) {
          Outcome outcome = placeWithRetries(command, request);
          // Another node may have completed the same request concurrently, which can cause the
          // refusal.
          yield outcome instanceof Outcome.Placed
              ? outcome
              : started
                  .findStoredMeanwhile()
                  .map(existing -> toReplayed(existing, request))
                  .orElse(outcome);
        }
      }
      case Start.Replayed(StoredResponse response) -> new Outcome.Replayed(response);
      case Start.InProgress() -> new Outcome.InProgress();
      case Start.KeyReused reused -> new Outcome.KeyReused(reused.difference());
    };
  }

  private Outcome placeWithRetries(Command command, @Nullable IdempotentRequest<Order> request) {
    for (int attempt = 0; attempt < OrderPricing.MAX_ATTEMPTS; attempt++) {
      switch (price(command)) {
        case OrderPricing.Result.Refused(Outcome outcome) -> {
          return outcome;
        }
        case OrderPricing.Result.Priced(NewOrder order) -> {
          switch (orders.insert(new OrderInsert(order, request))) {
            case InsertResult.Inserted(Order inserted) -> {
              return new Outcome.Placed(inserted);
            }
            case InsertResult.KeyTaken(IdempotencyRecord existing) -> {
              return toReplayed(existing, requireNonNull(request));
            }
            case InsertResult.LimitExceeded limitExceeded -> {
              // Priced again: the new price can leave out the exhausted discount.
            }
          }
        }
      }
    }
    return new Outcome.ConcurrentModification();
  }

  /** Maps the record that another node stored for the same key concurrently. */
  private static Outcome toReplayed(IdempotencyRecord existing, IdempotentRequest<Order> request) {
    return RequestFingerprint.difference(existing.fingerprint(), request.fingerprint())
        .<Outcome>map(Outcome.KeyReused::new)
        .orElseGet(() -> new Outcome.Replayed(existing.response()));
  }

  /** Prices an order as of now. */
  OrderPricing.Result price(Command command) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return pricing.price(command, new OrderId(ids.get()), at, rules.current());
  }
}
