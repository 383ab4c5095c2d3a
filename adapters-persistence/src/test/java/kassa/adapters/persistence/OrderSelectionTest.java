package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import kassa.application.port.out.OrderStore;
import kassa.contract.InMemoryOrderStore;
import kassa.contract.SampleChanges;
import kassa.contract.SampleOrders;
import kassa.contract.SearchableOrders;
import kassa.contract.ShippedRule;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderPosition;
import kassa.domain.order.OrderSort;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderSelectionTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void finds_what_the_plainest_search_finds_by_whichever_way_it_goes(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      InMemoryOrderStore plainest = new InMemoryOrderStore();
      fill(plainest, new JdbiOrderStore(database));
      int found = 0;

      for (OrderFilter filter : SearchableOrders.filters()) {
        for (OrderSort sort : OrderSort.values()) {
          List<Order> expected = plainest.list(filter, sort, null, 100);
          found += expected.size();
          OrderPosition middle =
              expected.isEmpty() ? null : expected.get(expected.size() / 2).position();
          for (int few : new int[] {0, 3, 100}) {
            check(database, plainest, filter, sort, null, few);
            check(database, plainest, filter, sort, middle, few);
          }
        }
      }

      assertThat(found).isGreaterThan(1_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void walks_an_index_whatever_is_asked_for(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      OrderPosition position = SampleOrders.placedAfter(0).accepted(new OrderNumber(1)).position();
      for (OrderFilter filter : SearchableOrders.filters()) {
        for (OrderSort sort : OrderSort.values()) {
          for (OrderPosition after : new @Nullable OrderPosition[] {null, position}) {
            String plan = plan(database, new OrderSelection(dialect, filter, sort, after, 50));

            assertThat(plan).doesNotContain("tableScan").doesNotContain("Seq Scan on orders");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void walks_the_orders_of_a_filter_alone_by_their_totals(Dialect dialect) {
    Map<String, OrderFilter> filters =
        Map.of(
            "order_lines_of_sku_by_total", SearchableOrders.filter("MUG", null, null, null),
            "redemptions_with_code_by_total", SearchableOrders.filter(null, "summer", null, null),
            "redemptions_of_rule_by_total",
                SearchableOrders.filter(null, null, ShippedRule.ID, null),
            "orders_of_currency_by_total", SearchableOrders.filter(null, null, null, "EUR"));
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      filters.forEach((index, filter) -> {
        String plan =
            plan(database, new OrderSelection(dialect, filter, OrderSort.LARGEST_FIRST, null, 50));

        assertThat(plan.toLowerCase(Locale.ROOT)).contains(index).doesNotContain("orders_by_total");
      });
    }
  }

  private static void check(
      Database database,
      OrderStore plainest,
      OrderFilter filter,
      OrderSort sort,
      @Nullable OrderPosition after,
      int few) {
    OrderSelection selection = new OrderSelection(database.dialect(), filter, sort, after, 6, few);

    List<Order> found = database.ask("list orders", handle -> OrderReader.list(handle, selection));

    assertThat(found)
        .as("%s %s few %s after %s", sort, filter, few, after)
        .isEqualTo(plainest.list(filter, sort, after, 6));
  }

  private static void fill(OrderStore plainest, OrderStore store) {
    int i = 0;
    for (NewOrder order : SearchableOrders.orders(40)) {
      SampleOrders.accept(plainest, order);
      Order accepted = SampleOrders.accept(store, order);
      if (i++ % 3 == 0) {
        SampleChanges.cancel(plainest, order.id(), accepted.placedAt());
        SampleChanges.cancel(store, order.id(), accepted.placedAt());
      }
    }
  }

  private static String plan(Database database, OrderSelection selection) {
    return database.ask(
        "explain a query",
        handle -> {
          preferIndexesAsOnFullTables(handle);
          Query query = handle.createQuery("explain " + selection.sql());
          return selection.bind(query).mapTo(String.class).collect(Collectors.joining("\n"));
        });
  }

  private static void preferIndexesAsOnFullTables(Handle handle) {
    if (handle.getConnection().toString().contains("PgConnection")) {
      handle.execute("set enable_seqscan = off");
      handle.execute("set enable_bitmapscan = off");
    }
  }
}
