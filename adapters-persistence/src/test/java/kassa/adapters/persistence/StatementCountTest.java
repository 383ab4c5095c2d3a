package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kassa.application.UseCases;
import kassa.application.port.out.OrderStore.Acceptance;
import kassa.application.port.out.OrderStore.Submission;
import kassa.application.port.out.TokenHash;
import kassa.contract.SampleChanges;
import kassa.contract.SampleOrders;
import kassa.contract.SamplePeople;
import kassa.contract.SampleProducts;
import kassa.contract.SampleRules;
import kassa.domain.catalogue.ProductDetails;
import kassa.domain.catalogue.Sku;
import kassa.domain.identity.AuditEvent;
import kassa.domain.identity.AuditEvent.Kind;
import kassa.domain.identity.Role;
import kassa.domain.identity.Scope;
import kassa.domain.identity.User;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderChange;
import kassa.domain.order.OrderMove;
import kassa.domain.order.OrderNumber;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.redemption.Counter;
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
  void accepting_takes_one_statement_for_each_table_that_is_needed(Dialect dialect) {
    try (Database database = counted(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      store.accept(SampleOrders.rich());
      assertThat(statements)
          .extracting(StatementCountTest::table)
          .containsExactly("orders", "order_lines", "order_discounts");

      NewOrder fullest = SampleOrders.fullest();
      store.accept(fullest);
      statements.clear();
      store.accept(SampleOrders.fullest());
      assertThat(statements)
          .extracting(StatementCountTest::table)
          .containsExactly(
              "rule_counters",
              "orders",
              "order_lines",
              "order_discounts",
              "order_traces",
              "redemptions");
      assertThat(fullest.claims()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accepting_many_orders_together_takes_as_many_statements_as_one(Dialect dialect) {
    try (Database database = counted(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      store.accept(SampleOrders.fullest());
      List<Submission> orders =
          Stream.generate(() -> new Submission(SampleOrders.fullest(), null)).limit(30).toList();
      statements.clear();

      assertThat(store.acceptAll(orders))
          .hasSize(30)
          .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Acceptance.Accepted.class));
      assertThat(statements).hasSize(6);
      assertThat(store.newestFirst(null, 100)).hasSize(31);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accepting_orders_of_the_past_takes_one_statement_for_each_table(Dialect dialect) {
    try (Database database = counted(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      store.accept(SampleOrders.fullest());
      List<Submission> orders = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        NewOrder order = SampleOrders.fullest();
        OrderChange paid =
            order
                .accepted(new OrderNumber(1))
                .move(OrderMove.PAY, null, SampleOrders.START, null)
                .orElseThrow();
        OrderChange since = i % 2 == 0 ? paid : paid.and(oneBack(paid.after()));
        orders.add(new Submission(order, since, null));
      }
      statements.clear();

      assertThat(store.acceptAll(orders)).hasSize(30);
      assertThat(statements)
          .extracting(StatementCountTest::table)
          .containsExactly(
              "rule_counters",
              "orders",
              "order_lines",
              "order_discounts",
              "order_traces",
              "redemptions",
              "order_events",
              "refunds",
              "refund_lines");
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_takes_two_statements_however_many_orders_there_are(Dialect dialect) {
    try (Database database = counted(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      Order order = SampleOrders.accept(store, SampleOrders.fullest());
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
        assertThat(statements)
            .hasSizeBetween(1, 2)
            .noneMatch(statement -> statement.contains("order_traces"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_rules_takes_one_statement_however_many_there_are(Dialect dialect) {
    try (Database database = counted(dialect)) {
      JdbiRuleStore store = new JdbiRuleStore(database);
      for (int i = 0; i < 100; i++) {
        SampleRules.activeIn(store, SampleRules.percentOff("" + i));
      }
      statements.clear();

      assertThat(store.active().rules()).hasSize(101);
      assertThat(store.list(null, null, 1000)).hasSize(101);
      assertThat(statements).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_counters_takes_one_statement_and_one_for_each_kind_that_was_never_counted(
      Dialect dialect) {
    try (Database database = counted(dialect)) {
      NewOrder order = SampleOrders.fullest();
      new JdbiOrderStore(database).accept(order);
      Counter kept = order.claims().getFirst().counter();
      JdbiUsageStore store = new JdbiUsageStore(database);
      statements.clear();

      assertThat(store.read(List.of(kept))).containsEntry(kept, 1L);
      assertThat(statements).hasSize(1);
      statements.clear();
      store.read(
          List.of(
              kept,
              Counter.ofCustomer(kept.rule(), "c-1"),
              Counter.ofCustomer(kept.rule(), "c-2"),
              Counter.ofAll(SampleRules.nextId())));
      assertThat(statements).hasSize(3);
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

  @ParameterizedTest
  @EnumSource
  void changing_takes_one_statement_for_each_table(Dialect dialect) {
    try (Database database = counted(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      Order alone = SampleOrders.accept(store, SampleOrders.fullest());
      Order other = SampleOrders.accept(store, SampleOrders.fullest());
      OrderChange paid = other.move(OrderMove.PAY, null, SampleOrders.START, null).orElseThrow();

      statements.clear();
      Order read = store.find(alone.id()).orElseThrow();
      store.change(read.move(OrderMove.PAY, null, SampleOrders.START, null).orElseThrow());
      assertThat(statements).hasSize(4);

      statements.clear();
      assertThat(store.change(paid.and(oneBack(paid.after())))).isTrue();
      assertThat(statements)
          .extracting(StatementCountTest::table)
          .containsExactly("orders", "order_events", "refunds", "refund_lines");

      statements.clear();
      SampleChanges.cancel(store, alone.id(), SampleOrders.START);
      assertThat(statements).hasSizeLessThanOrEqualTo(8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void telling_who_asks_takes_one_statement_and_none_while_it_is_remembered(Dialect dialect) {
    try (Database database = counted(dialect)) {
      UseCases.Stores stores = TestDatabases.stores(database);
      User ann = SamplePeople.added(stores.users(), "ann@example.com", Role.CUSTOMER);
      TokenHash token = SamplePeople.nextToken();
      TokenHash key = SamplePeople.nextToken();
      stores.sessions().begin(SamplePeople.session(ann), token);
      stores.keys().add(SamplePeople.key("shop", Scope.ADMIN, Scope.ORDERS_READ), key);

      for (int i = 0; i < 2; i++) {
        statements.clear();
        assertThat(stores.sessions().find(token)).isPresent();
        assertThat(stores.keys().find(key)).isPresent();
        assertThat(statements).hasSize(i == 0 ? 2 : 0);
      }
      statements.clear();
      assertThat(stores.sessions().find(SamplePeople.nextToken())).isEmpty();
      assertThat(statements).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noting_a_use_or_what_happened_takes_one_statement(Dialect dialect) {
    try (Database database = counted(dialect)) {
      UseCases.Stores stores = TestDatabases.stores(database);
      AuditEvent event = new AuditEvent(SamplePeople.START, Kind.SIGNED_IN, null, null, null, null);

      for (Runnable noting :
          List.<Runnable>of(
              () -> stores.sessions().touch(SamplePeople.nextSession(), SamplePeople.START),
              () -> stores.keys().touch(SamplePeople.nextKey(), SamplePeople.START),
              () -> stores.audit().append(event))) {
        statements.clear();
        noting.run();
        assertThat(statements).hasSize(1);
      }
    }
  }

  private static OrderChange oneBack(Order order) {
    RefundRequest mug =
        new RefundRequest(
            new LinkedHashMap<>(Map.of(new Sku("MUG"), 1L)), null, new ShippingShare.None(), null);
    Decision decision = new RefundedOrder(order, List.of()).refund(mug, SampleOrders.START, null);
    return ((Decision.Granted) decision).change();
  }

  private static String table(String sql) {
    return sql.strip().replaceFirst("(?s)(insert into|update) ([a-z_]+) .*", "$2");
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
