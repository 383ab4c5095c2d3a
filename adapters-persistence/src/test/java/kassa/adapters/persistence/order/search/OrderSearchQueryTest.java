package kassa.adapters.persistence.order.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.adapters.persistence.order.OrderReader;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SearchableOrders;
import kassa.contract.fixture.SeedRule;
import kassa.contract.memory.InMemoryOrderStore;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderFilter;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderSort;
import kassa.domain.order.OrderSortKey;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderSearchQueryTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void finds_the_same_orders_as_the_in_memory_search(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      InMemoryOrderStore inMemory = new InMemoryOrderStore();
      fill(inMemory, new JdbiOrderStore(database));
      int found = 0;

      // Filters of one kind have the same SQL; one after another they use one prepared statement.
      for (OrderSort sort : OrderSort.values()) {
        for (OrderFilter filter : SearchableOrders.filters()) {
          List<Order> expected = inMemory.list(filter, sort, null, 100);
          found += expected.size();
          OrderSortKey middle =
              expected.isEmpty() ? null : expected.get(expected.size() / 2).sortKey();
          for (int sortThreshold : new int[] {0, 3, 100}) {
            check(database, inMemory, filter, sort, null, sortThreshold);
            if (middle != null) {
              check(database, inMemory, filter, sort, middle, sortThreshold);
            }
          }
        }
      }

      assertThat(found).isGreaterThan(1_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_query_uses_an_index(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      Set<String> explained = new HashSet<>();
      OrderSortKey position =
          SampleOrders.placedAfterSeconds(0).toOrder(new OrderNumber(1)).sortKey();
      for (OrderFilter filter : SearchableOrders.filters()) {
        for (OrderSort sort : OrderSort.values()) {
          for (OrderSortKey after : new @Nullable OrderSortKey[] {null, position}) {
            OrderSearchQuery query = new OrderSearchQuery(dialect, filter, sort, after, 50);
            if (explained.add(query.sql("o.*"))) {
              assertThat(plan(database, query))
                  .doesNotContain("tableScan")
                  .doesNotContain("Seq Scan on orders");
            }
          }
        }
      }
      assertThat(explained).hasSizeGreaterThan(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sort_by_total_scans_the_total_index_of_a_sku_rule_or_code_or_of_all_orders(Dialect dialect) {
    Map<String, OrderFilter> filters =
        Map.of(
            "idx_order_lines_sku_by_total", SearchableOrders.filter("MUG", null, null, null),
            "idx_redemptions_code_by_total", SearchableOrders.filter(null, "summer", null, null),
            "idx_redemptions_rule_by_total", SearchableOrders.filter(null, null, SeedRule.ID, null),
            "idx_orders_currency", SearchableOrders.filter(null, null, null, "EUR"));
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      filters.forEach((index, filter) -> {
        String plan =
            plan(
                database,
                new OrderSearchQuery(dialect, filter, OrderSort.TOTAL_DESCENDING, null, 50));

        assertThat(plan.toLowerCase(Locale.ROOT))
            .contains(index)
            .matches(text -> text.contains("idx_orders_total") != index.endsWith("_by_total"));
      });
    }
  }

  private static void check(
      Database database,
      OrderStore inMemory,
      OrderFilter filter,
      OrderSort sort,
      @Nullable OrderSortKey after,
      int sortThreshold) {
    OrderSearchQuery query =
        new OrderSearchQuery(database.dialect(), filter, sort, after, 6, sortThreshold);

    List<Order> found =
        database.query(
            "search orders", handle -> OrderReader.list(handle, database.dialect(), query));

    assertThat(found)
        .as("%s %s, sort threshold %s, after %s", sort, filter, sortThreshold, after)
        .isEqualTo(inMemory.list(filter, sort, after, 6));
  }

  private static void fill(OrderStore inMemory, OrderStore store) {
    int i = 0;
    for (NewOrder order : SearchableOrders.orders(40)) {
      SampleOrders.insert(inMemory, order);
      Order accepted = SampleOrders.insert(store, order);
      if (i++ % 3 == 0) {
        SampleOrderChanges.cancel(inMemory, order.id(), accepted.placedAt());
        SampleOrderChanges.cancel(store, order.id(), accepted.placedAt());
      }
    }
  }

  private static String plan(Database database, OrderSearchQuery search) {
    return database.query(
        "explain a query",
        handle -> {
          forceIndexScans(handle);
          Query query = handle.createQuery("explain " + search.sql("o.*"));
          return search.bind(query).mapTo(String.class).collect(Collectors.joining("\n"));
        });
  }

  private static void forceIndexScans(Handle handle) {
    if (handle.getConnection().toString().contains("PgConnection")) {
      handle.execute("set enable_seqscan = off");
      handle.execute("set enable_bitmapscan = off");
    }
  }
}
