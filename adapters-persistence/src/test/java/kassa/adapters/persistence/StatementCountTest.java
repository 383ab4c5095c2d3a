package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kassa.contract.SampleOrders;
import kassa.contract.SampleProducts;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import kassa.domain.order.Order;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatementCountTest {

  @TempDir private Path folder;
  private final List<String> statements = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void accepting_takes_one_statement_for_each_table(Dialect dialect) {
    try (Database database = counted(dialect)) {
      new JdbiOrderStore(database).accept(SampleOrders.rich());

      assertThat(statements)
          .hasSize(4)
          .extracting(sql -> sql.replaceFirst("(?s)insert into ([a-z_]+) .*", "$1"))
          .containsExactly("orders", "order_lines", "order_discounts", "order_metadata");
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_takes_two_statements_however_many_orders_there_are(Dialect dialect) {
    try (Database database = counted(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      Order order = SampleOrders.accept(store, SampleOrders.rich());
      store.accept(SampleOrders.rich());
      store.accept(SampleOrders.ofMostLines());

      for (Runnable reading :
          List.<Runnable>of(
              () -> assertThat(store.newestFirst(null, 10)).hasSize(3),
              () -> assertThat(store.newestFirst(order.position(), 10)).isEmpty(),
              () -> assertThat(store.find(order.id())).isPresent(),
              () -> assertThat(store.find(order.number())).isPresent())) {
        statements.clear();
        reading.run();
        assertThat(statements).hasSizeBetween(1, 2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_products_takes_one_statement_however_many_there_are(Dialect dialect) {
    try (Database database = counted(dialect)) {
      JdbiProductStore store = new JdbiProductStore(database);
      List<ProductDetails> details = products(200);
      store.putAll(details, SampleProducts.START);

      for (Runnable reading :
          List.<Runnable>of(
              () -> assertThat(store.find(skus(details))).hasSize(200),
              () -> assertThat(store.risingBySku(null, 1000)).hasSize(200),
              () -> assertThat(store.risingBySku(new Sku("1"), 1000)).hasSize(198))) {
        statements.clear();
        reading.run();
        assertThat(statements).hasSize(1);
      }
      statements.clear();
      assertThat(store.find(List.of())).isEmpty();
      assertThat(statements).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void putting_products_takes_a_few_statements_however_many_there_are(Dialect dialect) {
    try (Database database = counted(dialect)) {
      JdbiProductStore store = new JdbiProductStore(database);
      store.putAll(products(100), SampleProducts.START);
      statements.clear();

      store.putAll(products(200), SampleProducts.START);

      assertThat(statements)
          .extracting(sql -> sql.strip().replaceFirst("(?s)^([a-z]+).*", "$1"))
          .containsExactly("select", "select", "update", "delete", "insert", "insert", "insert");
    }
  }

  private static List<ProductDetails> products(int count) {
    return IntStream.range(0, count).mapToObj(i -> SampleProducts.rich("" + i)).toList();
  }

  private static List<Sku> skus(List<ProductDetails> products) {
    return products.stream().map(ProductDetails::sku).toList();
  }

  private Database counted(Dialect dialect) {
    Database database = TestDatabases.openNew(dialect, folder);
    return database.ask(
        "count its statements",
        handle -> {
          handle.getJdbi().setSqlLogger(counter());
          return database;
        });
  }

  private SqlLogger counter() {
    return new SqlLogger() {
      @Override
      public void logBeforeExecution(StatementContext context) {
        statements.add(context.getRawSql());
      }
    };
  }
}
