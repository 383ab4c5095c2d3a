package kassa.domain.order;

import static kassa.domain.testing.InvalidValueAssertions.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kassa.domain.InvalidValueException.Reason;
import kassa.domain.order.OrderState.Cancelled;
import kassa.domain.order.OrderState.Completed;
import kassa.domain.order.OrderState.Paid;
import kassa.domain.order.OrderState.Placed;
import kassa.domain.order.OrderState.Shipped;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrderStateTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # state   | pay  | ship    | complete  | cancel
          PLACED    | PAID |         |           | CANCELLED
          PAID      |      | SHIPPED |           | CANCELLED
          SHIPPED   |      |         | COMPLETED |
          COMPLETED |      |         |           |
          CANCELLED |      |         |           |
          """,
      delimiter = '|')
  void allows_only_these_transitions(
      OrderStatus status,
      OrderStatus paid,
      OrderStatus shipped,
      OrderStatus completed,
      OrderStatus cancelled) {
    OrderState state = state(status);

    assertThat(Arrays.stream(OrderTransition.values()).map(transition -> after(state, transition)))
        .containsExactly(paid, shipped, completed, cancelled);
    assertThat(status.nextStatuses())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(paid, shipped, completed, cancelled).filter(next -> next != null).toList());
  }

  /** A transition that is not a method of the type does not compile. */
  @ParameterizedTest
  @EnumSource
  void transitions_of_a_state_are_the_methods_of_its_type(OrderStatus status) {
    OrderState state = state(status);
    Set<String> methods = new TreeSet<>();
    for (Method method : state.getClass().getMethods()) {
      if (OrderState.class.isAssignableFrom(method.getReturnType())) {
        methods.add(method.getName().toUpperCase(Locale.ROOT));
      }
    }
    methods.remove("OF");

    assertThat(methods)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(OrderTransition.values())
                .filter(transition -> transition.apply(state, null).isPresent())
                .map(Enum::name)
                .toList());
  }

  @Test
  void transitions_from_placed_to_completed() {
    assertThat(new Placed().pay().ship().complete()).isEqualTo(new Completed());
    assertThat(new Placed().cancel("why")).isEqualTo(new Cancelled(false, "why"));
    assertThat(new Placed().pay().cancel(null)).isEqualTo(new Cancelled(true, null));
  }

  @Test
  void is_paid_from_paid_status_on() {
    assertThat(List.of(new Placed(), new Cancelled(false, null))).noneMatch(OrderState::isPaid);
    assertThat(List.of(new Paid(), new Shipped(), new Completed(), new Cancelled(true, null)))
        .allMatch(OrderState::isPaid);
  }

  @ParameterizedTest
  @CsvSource({"PLACED, true,", "PAID, false,", "SHIPPED, false,", "COMPLETED, true, why"})
  void rejects_contradictory_state(OrderStatus status, boolean paid, String reason) {
    assertRejected(Reason.OUT_OF_RANGE, () -> OrderState.of(status, paid, reason));
  }

  private static OrderState state(OrderStatus status) {
    return OrderState.of(status, status != OrderStatus.PLACED, null);
  }

  private static @Nullable OrderStatus after(OrderState state, OrderTransition transition) {
    return transition.apply(state, null).map(OrderState::status).orElse(null);
  }
}
