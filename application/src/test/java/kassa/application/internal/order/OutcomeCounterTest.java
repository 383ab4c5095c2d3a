package kassa.application.internal.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kassa.application.internal.concurrent.WeightBudget;
import kassa.application.internal.idempotency.IdempotencyService;
import kassa.application.internal.pricing.CartPricing;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.telemetry.Counter;
import kassa.application.telemetry.Step;
import kassa.contract.fixture.RecordingTelemetry;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.memory.InMemoryProductStore;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.money.Money;
import kassa.domain.rule.Policy;
import org.junit.jupiter.api.Test;

class OutcomeCounterTest {

  private final InMemoryStores stores = new InMemoryStores();
  private final RecordingTelemetry telemetry = new RecordingTelemetry();
  private final PlaceOrderService placeOrder =
      new PlaceOrderService(
          stores.orders(),
          new OrderPricing(
              new CartPricing(
                  new InMemoryProductStore(),
                  stores.codes(),
                  stores.limitUsage(),
                  stores.orders(),
                  telemetry)),
          new ActiveRuleSet(stores.rules(), Policy.DEFAULT, () -> SampleOrders.START),
          () -> SampleOrders.START,
          () -> SampleOrders.nextId().value(),
          new WeightBudget(1_000),
          telemetry);
  private final Command order = PlaceOrderCommands.tenMugsFor("c-1");
  private final Command atOtherPrice =
      new Command(
          order.draft(),
          Money.parse("total", "1.00", order.draft().currency()),
          null,
          false,
          null,
          null);

  @Test
  void counts_placed_and_refused_orders() {
    placeOrder.place(order);
    placeOrder.place(order);
    placeOrder.place(atOtherPrice);

    assertThat(telemetry.counters)
        .containsOnly(
            Map.entry(Counter.ORDERS_PLACED, 2L), Map.entry(Counter.ORDERS_PRICE_CHANGED, 1L));
    assertThat(telemetry.steps).containsExactly(Step.PRICING, Step.PRICING, Step.PRICING);
  }

  @Test
  void counts_each_order_of_an_atomic_batch_once() {
    AtomicBatchPlacement batch =
        new AtomicBatchPlacement(
            stores.orders(),
            new IdempotencyService(stores.idempotency(), () -> SampleOrders.START),
            placeOrder,
            Duration.ofSeconds(30),
            telemetry);

    batch.place(List.of(order, order));
    batch.place(List.of(order, atOtherPrice));

    assertThat(telemetry.counters)
        .containsOnly(
            Map.entry(Counter.ORDERS_PLACED, 2L), Map.entry(Counter.ORDERS_PRICE_CHANGED, 1L));
  }
}
