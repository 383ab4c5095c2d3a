package kassa.application.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import kassa.application.ApplicationSettings;
import kassa.application.idempotency.Execution;
import kassa.application.internal.concurrent.WeightBudget;
import kassa.application.internal.pricing.CartPricing;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.telemetry.Telemetry;
import kassa.contract.memory.InMemoryProductStore;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.order.Order;
import kassa.domain.rule.Policy;

/** Creates {@code PlaceOrderService} instances over in-memory stores. */
public final class PlaceOrderServices {

  private PlaceOrderServices() {}

  public static PlaceOrderService create(
      InMemoryStores stores, InstantSource clock, Supplier<UUID> ids) {
    return create(
        stores, clock, ids, new WeightBudget(ApplicationSettings.DEFAULT_MAX_ROWS_IN_MEMORY));
  }

  static PlaceOrderService create(
      InMemoryStores stores, InstantSource clock, Supplier<UUID> ids, WeightBudget rowBudget) {
    return new PlaceOrderService(
        stores.orders(),
        new OrderPricing(
            new CartPricing(
                new InMemoryProductStore(),
                stores.codes(),
                stores.limitUsage(),
                stores.orders(),
                Telemetry.none())),
        new ActiveRuleSet(stores.rules(), Policy.DEFAULT, clock),
        clock,
        ids,
        rowBudget,
        Telemetry.none());
  }

  public static Order placed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Placed.class);
    return ((Outcome.Placed) outcome).order();
  }

  public static Order placed(Execution<Outcome> execution) {
    assertThat(execution).isInstanceOf(Execution.Completed.class);
    return placed(((Execution.Completed<Outcome>) execution).outcome());
  }
}
