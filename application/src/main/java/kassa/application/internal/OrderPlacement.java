package kassa.application.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.OrderStore.Acceptance;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderId;

/** Places orders: price, decide, keep. */
public final class OrderPlacement implements PlaceOrder {

  private final OrderStore orders;
  private final OrderPricing pricing;
  private final RuleBook rules;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public OrderPlacement(
      OrderStore orders,
      OrderPricing pricing,
      RuleBook rules,
      InstantSource clock,
      Supplier<UUID> ids) {
    this.orders = orders;
    this.pricing = pricing;
    this.rules = rules;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome place(Command command) {
    for (int attempt = 0; attempt < OrderPricing.MOST_ATTEMPTS; attempt++) {
      Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
      switch (pricing.price(command, new OrderId(ids.get()), at, rules.current())) {
        case OrderPricing.Result.Refused(Outcome outcome) -> {
          return outcome;
        }
        case OrderPricing.Result.Priced(NewOrder order) -> {
          if (orders.accept(order) instanceof Acceptance.Accepted accepted) {
            return new Outcome.Placed(accepted.order());
          }
        }
      }
    }
    return new Outcome.Contended();
  }
}
