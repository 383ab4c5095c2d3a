package kassa.application.port.in.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import kassa.application.port.in.order.FindOrders.Page;
import kassa.application.port.in.order.FindOrders.Query;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindOrdersTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 200})
  void accepts_page_sizes_from_1_to_200(int limit) {
    assertThat(new Query(null, limit).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 201, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void rejects_page_sizes_out_of_range(int limit) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Query(null, limit));
  }

  @Test
  void page_copies_its_list() {
    Order order = SampleOrders.placedAfterSeconds(0).toOrder(new OrderNumber(1));
    List<Order> orders = new ArrayList<>(List.of(order));
    Page page = new Page(orders, null);

    orders.clear();

    assertThat(page.orders()).containsExactly(order);
  }
}
