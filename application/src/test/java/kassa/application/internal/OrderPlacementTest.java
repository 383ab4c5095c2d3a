package kassa.application.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kassa.application.port.in.PlaceOrder.Command;
import kassa.application.port.out.OrderStore;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.InMemoryStores;
import kassa.contract.SampleOrders;
import kassa.contract.ShippedRule;
import kassa.domain.money.Money;
import kassa.domain.order.CustomerId;
import kassa.domain.order.Metadata;
import kassa.domain.order.Order;
import kassa.domain.order.OrderId;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderState;
import kassa.domain.pricing.Customer;
import kassa.domain.rule.RuleStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderPlacementTest {

  private static final UUID FIRST = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final UUID SECOND = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058");
  private static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");
  private static final Customer CUSTOMER = new Customer("c-4711", null, null);
  private static final Metadata TILL = Metadata.of(Map.of("till", "7"));

  private final InMemoryStores stores = new InMemoryStores();
  private final OrderStore store = stores.orders();

  @BeforeEach
  void ship() {
    ShippedRule.createIn(stores.rules());
  }

  @Test
  void answers_the_order_as_it_is_kept() {
    Order placed = place(placement(NOON, FIRST), Commands.of(Commands.TEN_MUGS, CUSTOMER, TILL));

    assertThat(store.find(placed.id())).contains(placed);
    assertThat(placed)
        .isEqualTo(
            new Order(
                new OrderId(FIRST),
                new OrderNumber(1),
                new OrderState.Placed(),
                new CustomerId("c-4711"),
                1,
                SampleOrders.price(Commands.TEN_MUGS),
                Money.zero(Commands.USD),
                TILL,
                NOON,
                NOON));
  }

  @Test
  void prices_the_cart_under_the_rules_in_force() {
    Command command = Commands.of(Commands.TEN_MUGS, Customer.UNKNOWN, TILL);

    assertThat(place(placement(NOON, FIRST), command).price().total()).hasToString("900.00 USD");

    stores.rules().move(ShippedRule.ID, null, RuleStatus.PAUSED, NOON);
    assertThat(place(placement(NOON, SECOND), command).price().total()).hasToString("1000.00 USD");
  }

  @Test
  void gives_every_order_the_next_id() {
    OrderPlacement placement = placement(NOON, FIRST, SECOND);

    assertThat(place(placement, Commands.ofTenMugs()).id()).isEqualTo(new OrderId(FIRST));
    assertThat(place(placement, Commands.ofTenMugs()).id()).isEqualTo(new OrderId(SECOND));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          2026-06-15T12:00:00.123456789Z, 2026-06-15T12:00:00.123456Z
          2026-06-15T12:00:00.999999999Z, 2026-06-15T12:00:00.999999Z
          2026-06-15T12:00:00.000000999Z, 2026-06-15T12:00:00Z
          2026-06-15T12:00:00.123456Z,    2026-06-15T12:00:00.123456Z
          """)
  void keeps_the_time_to_the_microsecond(Instant now, Instant kept) {
    Order placed = place(placement(now, FIRST), Commands.ofTenMugs());

    assertThat(placed.placedAt()).isEqualTo(kept);
    assertThat(placed.updatedAt()).isEqualTo(kept);
  }

  @Test
  void says_so_when_the_store_is_gone_and_keeps_nothing() {
    OrderPlacement placement = placement(NOON, FIRST);
    stores.takeAway();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> placement.place(Commands.ofTenMugs()));

    stores.bringBack();
    assertThat(store.newestFirst(null, 10)).isEmpty();
  }

  @Test
  void does_not_hide_that_an_id_came_twice() {
    OrderPlacement placement = placement(NOON, FIRST, FIRST);
    Order first = place(placement, Commands.ofTenMugs());

    assertThatIllegalStateException().isThrownBy(() -> placement.place(Commands.ofTenMugs()));

    assertThat(store.newestFirst(null, 10)).containsExactly(first);
  }

  private OrderPlacement placement(Instant now, UUID... ids) {
    Iterator<UUID> nextId = List.of(ids).iterator();
    return Placements.over(stores, InstantSource.fixed(now), nextId::next);
  }

  private static Order place(OrderPlacement placement, Command command) {
    return Placements.placed(placement.place(command));
  }
}
