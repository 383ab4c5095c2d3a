package kassa.application.internal.order;

import static kassa.contract.fixture.SampleRules.fields;
import static kassa.contract.fixture.SampleRules.insertActive;
import static kassa.contract.fixture.SampleRules.percentOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import kassa.application.internal.pricing.CartPricing;
import kassa.application.internal.rule.ActiveRuleSet;
import kassa.application.port.in.order.ImportHistoricalOrders;
import kassa.application.port.in.order.ImportHistoricalOrders.HistoricalOrder;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.application.telemetry.Telemetry;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SeedRule;
import kassa.contract.memory.InMemoryProductStore;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderStatus;
import kassa.domain.order.OrderTransition;
import kassa.domain.rule.Policy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoricalOrderImportTest {

  private static final Instant PLACED_AT = Instant.parse("2025-06-15T12:00:00Z");

  private final InMemoryStores stores = new InMemoryStores();
  private final HistoricalOrderImport service =
      new HistoricalOrderImport(
          stores.orders(),
          new OrderPricing(
              new CartPricing(
                  new InMemoryProductStore(),
                  stores.codes(),
                  stores.limitUsage(),
                  stores.orders(),
                  Telemetry.none())),
          new ActiveRuleSet(stores.rules(), Policy.DEFAULT, () -> PLACED_AT));

  @BeforeEach
  void createSeedRule() {
    SeedRule.createIn(stores.rules());
  }

  @Test
  void imports_orders_at_their_time_in_their_current_state() {
    List<Outcome> outcomes =
        service.importOrders(
            List.of(
                historicalOrder(PLACED_AT, placed -> Optional.empty()),
                historicalOrder(PLACED_AT.plusSeconds(9), HistoricalOrderImportTest::paid)));

    List<Order> orders = outcomes.stream().map(PlaceOrderServices::placed).toList();
    assertThat(orders)
        .extracting(Order::status)
        .containsExactly(OrderStatus.PLACED, OrderStatus.PAID);
    assertThat(orders)
        .extracting(Order::placedAt)
        .containsExactly(PLACED_AT, PLACED_AT.plusSeconds(9));
    assertThat(orders).extracting(order -> order.number().value()).containsExactly(1L, 2L);
    assertThat(orders)
        .allSatisfy(order -> {
          assertThat(order.price().total()).hasToString("900.00 USD");
          assertThat(stores.orders().find(order.id())).contains(order);
        });
    assertThat(stores.orders().history(orders.getFirst().id()).orElseThrow()).hasSize(1);
    assertThat(stores.orders().history(orders.getLast().id()).orElseThrow()).hasSize(2);
  }

  @Test
  void repriced_order_gets_its_change_again() {
    insertActive(stores.rules(), percentOff("10", "limits", fields("total", 1)));
    List<Order> pricedOrders = new ArrayList<>();
    Function<Order, Optional<OrderChange>> laterChange =
        placed -> {
          pricedOrders.add(placed);
          return paid(placed);
        };

    List<Outcome> outcomes =
        service.importOrders(
            List.of(
                historicalOrder(PLACED_AT, laterChange),
                historicalOrder(PLACED_AT.plusSeconds(1), laterChange)));

    List<Order> orders = outcomes.stream().map(PlaceOrderServices::placed).toList();
    assertThat(orders).extracting(Order::status).containsOnly(OrderStatus.PAID);
    assertThat(orders.getLast().price().total()).isNotEqualTo(orders.getFirst().price().total());
    assertThat(pricedOrders).hasSize(3);
    assertThat(pricedOrders.getLast().id()).isEqualTo(pricedOrders.get(1).id());
    assertThat(pricedOrders.getLast().price()).isNotEqualTo(pricedOrders.get(1).price());
  }

  @Test
  void rejects_more_than_the_maximum_batch() {
    HistoricalOrder order = historicalOrder(PLACED_AT, HistoricalOrderImportTest::paid);

    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            service.importOrders(
                Collections.nCopies(ImportHistoricalOrders.MAX_BATCH_SIZE + 1, order)));
    assertThat(stores.orders().listNewestFirst(null, 1)).isEmpty();
    assertThat(
            service.importOrders(
                IntStream.range(0, ImportHistoricalOrders.MAX_BATCH_SIZE)
                    .mapToObj(i -> historicalOrder(PLACED_AT, HistoricalOrderImportTest::paid))
                    .toList()))
        .hasSize(ImportHistoricalOrders.MAX_BATCH_SIZE);
  }

  @Test
  void rejects_a_change_of_another_order() {
    NewOrder order = SampleOrders.rich();
    Order placed = order.toOrder(new OrderNumber(7));
    OrderChange paid = paid(placed).orElseThrow();
    OrderChange shipped =
        paid.after().transition(OrderTransition.SHIP, null, PLACED_AT, null).orElseThrow();

    Order stored = new OrderInsert(order, paid, null).toStoredOrder(new OrderNumber(8));
    assertThat(stored).isEqualTo(paid.after().withNumber(new OrderNumber(8)));
    assertThat(stored.number()).isEqualTo(new OrderNumber(8));
    assertThatIllegalArgumentException().isThrownBy(() -> new OrderInsert(order, shipped, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OrderInsert(SampleOrders.rich(), paid, null));
  }

  private static Optional<OrderChange> paid(Order placed) {
    return placed.transition(OrderTransition.PAY, null, placed.placedAt().plusSeconds(60), null);
  }

  private static HistoricalOrder historicalOrder(
      Instant at, Function<Order, Optional<OrderChange>> laterChange) {
    return new HistoricalOrder(
        SampleOrders.nextId(), PlaceOrderCommands.tenMugs(), at, laterChange);
  }
}
