package kassa.application.internal;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.port.in.PlaceOrder;
import kassa.application.port.out.OrderStore;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderId;
import kassa.domain.pricing.Pricing;
import kassa.domain.pricing.RuleSet;

/** Places orders: price, decide, keep. */
public final class OrderPlacement implements PlaceOrder {

  private final OrderStore orders;
  private final RuleSet rules;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public OrderPlacement(OrderStore orders, RuleSet rules, InstantSource clock, Supplier<UUID> ids) {
    this.orders = orders;
    this.rules = rules;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Outcome place(Command command) {
    NewOrder order =
        new NewOrder(
            new OrderId(ids.get()),
            command.customer(),
            Pricing.price(command.cart(), rules),
            command.metadata(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return new Outcome.Placed(orders.accept(order));
  }
}
