package kassa.application.internal;

import static kassa.contract.SampleRules.activeIn;
import static kassa.contract.SampleRules.fields;
import static kassa.contract.SampleRules.percentOff;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import kassa.application.port.in.PlaceOrder.Outcome;
import kassa.application.port.in.RecordOrders;
import kassa.application.port.in.RecordOrders.PastOrder;
import kassa.application.port.out.OrderStore.Submission;
import kassa.contract.InMemoryProductStore;
import kassa.contract.InMemoryStores;
import kassa.contract.SampleOrders;
import kassa.contract.ShippedRule;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderStatus;
import kassa.domain.rule.Policy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderRecordingTest {

  private static final Instant THEN = Instant.parse("2025-06-15T12:00:00Z");

  private final InMemoryStores stores = new InMemoryStores();
  private final OrderRecording recording =
      new OrderRecording(
          stores.orders(),
          new OrderPricing(
              new CartPricing(
                  new InMemoryProductStore(), stores.codes(), stores.usages(), stores.orders())),
          new RuleBook(stores.rules(), Policy.DEFAULT, () -> THEN));

  @BeforeEach
  void ship() {
    ShippedRule.createIn(stores.rules());
  }

  @Test
  void keeps_each_order_as_of_its_time_and_as_it_is_by_now() {
    List<Outcome> outcomes =
        recording.record(
            List.of(
                past(THEN, placed -> Optional.empty()),
                past(THEN.plusSeconds(9), OrderRecordingTest::paid)));

    List<Order> orders = outcomes.stream().map(Placements::placed).toList();
    assertThat(orders)
        .extracting(Order::status)
        .containsExactly(OrderStatus.PLACED, OrderStatus.PAID);
    assertThat(orders).extracting(Order::placedAt).containsExactly(THEN, THEN.plusSeconds(9));
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
  void asks_again_what_happened_to_an_order_that_is_priced_anew() {
    activeIn(stores.rules(), percentOff("10", "limits", fields("total", 1)));
    List<Order> asked = new ArrayList<>();
    Function<Order, Optional<OrderChange>> happened =
        placed -> {
          asked.add(placed);
          return paid(placed);
        };

    List<Outcome> outcomes =
        recording.record(List.of(past(THEN, happened), past(THEN.plusSeconds(1), happened)));

    List<Order> orders = outcomes.stream().map(Placements::placed).toList();
    assertThat(orders).extracting(Order::status).containsOnly(OrderStatus.PAID);
    assertThat(orders.getLast().price().total()).isNotEqualTo(orders.getFirst().price().total());
    assertThat(asked).hasSize(3);
    assertThat(asked.getLast().id()).isEqualTo(asked.get(1).id());
    assertThat(asked.getLast().price()).isNotEqualTo(asked.get(1).price());
  }

  @Test
  void refuses_more_than_it_may_take() {
    PastOrder order = past(THEN, OrderRecordingTest::paid);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> recording.record(Collections.nCopies(RecordOrders.MOST_AT_ONCE + 1, order)));
    assertThat(stores.orders().newestFirst(null, 1)).isEmpty();
    assertThat(
            recording.record(
                IntStream.range(0, RecordOrders.MOST_AT_ONCE)
                    .mapToObj(i -> past(THEN, OrderRecordingTest::paid))
                    .toList()))
        .hasSize(RecordOrders.MOST_AT_ONCE);
  }

  @Test
  void what_happened_to_an_order_begins_when_that_order_was_placed() {
    NewOrder order = SampleOrders.rich();
    Order placed = order.accepted(new OrderNumber(7));
    OrderChange paid = paid(placed).orElseThrow();
    OrderChange shipped = paid.after().move(OrderMove.SHIP, null, THEN, null).orElseThrow();

    Order kept = new Submission(order, paid, null).kept(new OrderNumber(8));
    assertThat(kept).isEqualTo(paid.after().numbered(new OrderNumber(8)));
    assertThat(kept.number()).isEqualTo(new OrderNumber(8));
    assertThatIllegalArgumentException().isThrownBy(() -> new Submission(order, shipped, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Submission(SampleOrders.rich(), paid, null));
  }

  private static Optional<OrderChange> paid(Order placed) {
    return placed.move(OrderMove.PAY, null, placed.placedAt().plusSeconds(60), null);
  }

  private static PastOrder past(Instant at, Function<Order, Optional<OrderChange>> since) {
    return new PastOrder(SampleOrders.nextId(), Commands.ofTenMugs(), at, since);
  }
}
