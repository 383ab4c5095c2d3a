package kassa.application.internal.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kassa.application.port.in.order.PlaceOrder.Command;
import kassa.application.port.in.order.PlaceOrder.Outcome;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.SeedRule;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.money.Money;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.order.OrderContent;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderState;
import kassa.domain.pricing.Customer;
import kassa.domain.pricing.Rejection;
import kassa.domain.pricing.SkipReason;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceOrderServiceTest {

  private static final UUID FIRST = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final UUID SECOND = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
  private static final Customer CUSTOMER = new Customer("c-4711", null, null);
  private static final Metadata TILL = Metadata.of(Map.of("till", "7"));

  private final InMemoryStores stores = new InMemoryStores();
  private final OrderStore store = stores.orders();

  @BeforeEach
  void createSeedRule() {
    SeedRule.createIn(stores.rules());
  }

  @Test
  void returns_the_order_as_stored() {
    Order placed =
        place(
            placement(NOON, FIRST),
            PlaceOrderCommands.of(PlaceOrderCommands.TEN_MUGS, CUSTOMER, TILL));

    assertThat(store.find(placed.id())).contains(placed);
    assertThat(placed)
        .isEqualTo(
            new Order(
                new OrderId(FIRST),
                new OrderNumber(1),
                new OrderContent(
                    new CustomerId("c-4711"),
                    SampleOrders.price(PlaceOrderCommands.TEN_MUGS),
                    TILL,
                    NOON),
                new OrderState.Placed(),
                Money.zero(PlaceOrderCommands.USD),
                1,
                NOON));
  }

  @Test
  void prices_the_cart_with_active_rules() {
    Command command = PlaceOrderCommands.of(PlaceOrderCommands.TEN_MUGS, Customer.ANONYMOUS, TILL);

    assertThat(place(placement(NOON, FIRST), command).price().total()).hasToString("900.00 USD");

    SampleRules.changeStatus(stores.rules(), SeedRule.ID, RuleStatus.PAUSED, NOON);
    assertThat(place(placement(NOON, SECOND), command).price().total()).hasToString("1000.00 USD");
  }

  @Test
  void each_order_gets_the_next_id() {
    PlaceOrderService placeOrder = placement(NOON, FIRST, SECOND);

    assertThat(place(placeOrder, PlaceOrderCommands.tenMugs()).id()).isEqualTo(new OrderId(FIRST));
    assertThat(place(placeOrder, PlaceOrderCommands.tenMugs()).id()).isEqualTo(new OrderId(SECOND));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2026-06-15T12:00:00Z"})
  void order_of_the_past_has_the_prices_sent_and_no_rules(Instant placedAt) {
    Order placed =
        place(
            placement(NOON, FIRST), PlaceOrderCommands.at(placedAt, PlaceOrderCommands.tenMugs()));

    assertThat(placed.price().total()).hasToString("1000.00 USD");
    assertThat(placed.placedAt()).isEqualTo(placedAt);
    assertThat(placed.updatedAt()).isEqualTo(NOON);
    assertThat(store.find(placed.id())).contains(placed);
    assertThat(store.trace(placed.id())).contains(List.of());
  }

  @Test
  void refuses_a_code_of_an_order_of_the_past_because_of_its_time() {
    Command past =
        PlaceOrderCommands.at(
            NOON.minusSeconds(1), PlaceOrderCommands.tenMugsWith(new Code("SUMMER")));

    assertThat(placement(NOON, FIRST).place(past))
        .isInstanceOfSatisfying(
            Outcome.CodesRejected.class,
            refused ->
                assertThat(refused.quote().rejected())
                    .containsExactly(
                        new Rejection(new Code("SUMMER"), null, SkipReason.PLACED_IN_PAST)));
  }

  @Test
  void refuses_orders_of_the_future() {
    Command future = PlaceOrderCommands.at(NOON.plusNanos(1_000), PlaceOrderCommands.tenMugs());

    assertThat(placement(NOON, FIRST).place(future)).isEqualTo(new Outcome.PlacedInFuture());

    assertThat(store.listNewestFirst(null, 10)).isEmpty();
  }

  @Test
  void store_outage_throws_and_stores_nothing() {
    PlaceOrderService placeOrder = placement(NOON, FIRST);
    stores.makeUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> placeOrder.place(PlaceOrderCommands.tenMugs()));

    stores.makeAvailable();
    assertThat(store.listNewestFirst(null, 10)).isEmpty();
  }

  @Test
  void duplicate_id_throws() {
    PlaceOrderService placeOrder = placement(NOON, FIRST, FIRST);
    Order first = place(placeOrder, PlaceOrderCommands.tenMugs());

    assertThatIllegalStateException()
        .isThrownBy(() -> placeOrder.place(PlaceOrderCommands.tenMugs()));

    assertThat(store.listNewestFirst(null, 10)).containsExactly(first);
  }

  private PlaceOrderService placement(Instant now, UUID... ids) {
    Iterator<UUID> nextId = List.of(ids).iterator();
    return PlaceOrderServices.create(stores, InstantSource.fixed(now), nextId::next);
  }

  private static Order place(PlaceOrderService placeOrder, Command command) {
    return PlaceOrderServices.placed(placeOrder.place(command));
  }
}
