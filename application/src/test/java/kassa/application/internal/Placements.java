package kassa.application.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.port.in.CallOnce;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.contract.InMemoryProductStore;
import kassa.contract.InMemoryStores;
import kassa.domain.order.Order;
import kassa.domain.rule.Policy;

/** The placing of orders over stores of tests. */
final class Placements {

  private Placements() {}

  static OrderPlacement over(InMemoryStores stores, InstantSource clock, Supplier<UUID> ids) {
    return over(stores, new OnceOnly(stores.answers(), clock), clock, ids);
  }

  static OrderPlacement over(
      InMemoryStores stores, CallOnce once, InstantSource clock, Supplier<UUID> ids) {
    return new OrderPlacement(
        stores.orders(),
        once,
        new OrderPricing(
            new CartPricing(
                new InMemoryProductStore(), stores.codes(), stores.usages(), stores.orders())),
        new RuleBook(stores.rules(), Policy.DEFAULT, clock),
        clock,
        ids);
  }

  static Order placed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Placed.class);
    return ((Outcome.Placed) outcome).order();
  }
}
