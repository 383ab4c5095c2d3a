package kassa.application.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kassa.application.port.in.FindOrders;
import kassa.application.port.in.FindOrders.Page;
import kassa.application.port.in.FindOrders.Query;
import kassa.application.port.out.StoreUnavailableException;
import kassa.contract.InMemoryOrderStore;
import kassa.contract.SampleOrders;
import kassa.domain.order.Order;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderSearchTest {

  /** More than any walk of these tests has. */
  private static final int MOST_PAGES = 10;

  private final InMemoryOrderStore store = new InMemoryOrderStore();
  private final FindOrders search = new OrderSearch(store);

  @Test
  void finds_an_order_by_its_id_and_by_its_number() {
    Order first = SampleOrders.accept(store, SampleOrders.placedAfter(0));
    Order second = SampleOrders.accept(store, SampleOrders.placedAfter(1));

    assertThat(search.byId(first.id())).contains(first);
    assertThat(search.byNumber(second.number())).contains(second);
  }

  @Test
  void finds_nothing_where_there_is_nothing() {
    assertThat(search.byId(SampleOrders.nextId())).isEmpty();
    assertThat(search.byNumber(new OrderNumber(1))).isEmpty();
    assertThat(search.list(new Query(null, 200))).isEqualTo(new Page(List.of(), null));
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
  void a_walk_meets_every_order_once_and_ends_with_the_last_full_page(
      int orders, int limit, String sizes) {
    List<Order> newestLast =
        LongStream.range(0, orders)
            .mapToObj(second -> SampleOrders.accept(store, SampleOrders.placedAfter(second / 2)))
            .toList();

    List<Page> pages = walk(limit);

    assertThat(pages.stream().map(page -> page.orders().size()).toList()).hasToString(sizes);
    assertThat(pages.stream().flatMap(page -> page.orders().stream()))
        .containsExactlyElementsOf(newestLast.reversed());
  }

  @Test
  void the_next_page_begins_behind_the_last_order_of_this_one() {
    SampleOrders.accept(store, SampleOrders.placedAfter(0));
    Order second = SampleOrders.accept(store, SampleOrders.placedAfter(1));
    Order third = SampleOrders.accept(store, SampleOrders.placedAfter(2));

    Page page = search.list(new Query(null, 2));

    assertThat(page.orders()).containsExactly(third, second);
    assertThat(page.next()).isEqualTo(second.position());
  }

  @Test
  void an_outage_is_never_answered_as_absence() {
    Order order = SampleOrders.accept(store, SampleOrders.placedAfter(0));
    store.takeAway();

    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.byId(order.id()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.byNumber(order.number()));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> search.list(new Query(null, 1)));
  }

  private List<Page> walk(int limit) {
    List<Page> pages = new ArrayList<>();
    @Nullable OrderPosition after = null;
    do {
      assertThat(pages).as("a walk that comes to its end").hasSizeLessThan(MOST_PAGES);
      pages.add(search.list(new Query(after, limit)));
      after = pages.getLast().next();
    } while (after != null);
    return pages;
  }
}
