package kassa.application.port.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import kassa.application.port.in.FindOrders.Page;
import kassa.application.port.in.FindOrders.Query;
import kassa.contract.SampleOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindOrdersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 200})
  void asks_for_1_to_200_orders(int limit) {
    assertThat(new Query(null, limit).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void refuses_to_ask_for_none_or_too_many(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Query(null, limit));
  }

  @Test
  void a_page_does_not_change_with_the_list_that_it_was_made_of() {
    Order order = SampleOrders.placedAfter(0).accepted(new OrderNumber(1));
    List<Order> orders = new ArrayList<>(List.of(order));
    Page page = new Page(orders, null);

    orders.clear();

    assertThat(page.orders()).containsExactly(order);
  }
}
