package kassa.application.internal.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kassa.application.port.in.Slice;
import kassa.application.port.in.order.FindOrders;
import kassa.application.port.in.order.FindOrders.Query;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.memory.InMemoryOrderStore;
import kassa.contract.memory.InMemoryStores;
import kassa.domain.order.Order;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderSortKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindOrdersServiceTest {

  /** More pages than any of these tests has. */
  private static final int MAX_PAGES = 10;

  private final InMemoryOrderStore store = new InMemoryOrderStore();
  private final FindOrders search =
      new FindOrdersService(store, new InMemoryStores().all().identity().users());

  @Test
  void finds_an_order_by_id_and_number() {
    Order first = SampleOrders.insert(store, SampleOrders.placedAfterSeconds(0));
    Order second = SampleOrders.insert(store, SampleOrders.placedAfterSeconds(1));

    assertThat(search.byId(first.id())).contains(first);
    assertThat(search.byNumber(second.number())).contains(second);
  }

  @Test
  void unknown_order_is_not_found() {
    assertThat(search.byId(SampleOrders.nextId())).isEmpty();
    assertThat(search.byNumber(new OrderNumber(1))).isEmpty();
    assertThat(search.list(new Query(null, 200))).isEqualTo(new Slice<>(List.of(), false));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          # orders, limit, sizes of the pages
                 0,     1, [0]
                 1,     1, [1]
                 2,     1, '[1, 1]'
                 1,     3, [1]
                 2,     3, [2]
                 3,     3, [3]
                 4,     3, '[3, 1]'
                 6,     3, '[3, 3]'
                 7,     3, '[3, 3, 1]'
               200,   200, [200]
               201,   200, '[200, 1]'
          """)
  void paging_returns_every_order_once_and_ends_after_a_full_page(
      int orders, int limit, String sizes) {
    List<Order> newestLast =
        LongStream.range(0, orders)
            .mapToObj(
                second -> SampleOrders.insert(store, SampleOrders.placedAfterSeconds(second / 2)))
            .toList();

    List<Slice<Order>> pages = readAllPages(limit);

    assertThat(pages.stream().map(page -> page.items().size()).toList()).hasToString(sizes);
    assertThat(pages.stream().flatMap(page -> page.items().stream()))
        .containsExactlyElementsOf(newestLast.reversed());
  }

  @Test
  void next_page_starts_after_the_last_order() {
    SampleOrders.insert(store, SampleOrders.placedAfterSeconds(0));
    Order second = SampleOrders.insert(store, SampleOrders.placedAfterSeconds(1));
    Order third = SampleOrders.insert(store, SampleOrders.placedAfterSeconds(2));

    Slice<Order> page = search.list(new Query(null, 2));

    assertThat(page.items()).containsExactly(third, second);
    assertThat(page.next(Order::sortKey)).isEqualTo(second.sortKey());
  }

  @Test
  void store_outage_throws_and_is_never_reported_as_not_found() {
    Order order = SampleOrders.insert(store, SampleOrders.placedAfterSeconds(0));
    store.makeUnavailable();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.byId(order.id()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.byNumber(order.number()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.list(new Query(null, 1)));
  }

  private List<Slice<Order>> readAllPages(int limit) {
    List<Slice<Order>> pages = new ArrayList<>();
    @Nullable OrderSortKey after = null;
    do {
      assertThat(pages).as("paging terminates").hasSizeLessThan(MAX_PAGES);
      pages.add(search.list(new Query(after, limit)));
      after = pages.getLast().next(Order::sortKey);
    } while (after != null);
    return pages;
  }
}
