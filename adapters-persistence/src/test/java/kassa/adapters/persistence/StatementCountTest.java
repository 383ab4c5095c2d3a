package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kassa.adapters.persistence.catalogue.JdbiProductStore;
import kassa.adapters.persistence.fixture.CountingPlugin;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.adapters.persistence.order.JdbiOrderStore;
import kassa.adapters.persistence.rule.JdbiRuleStore;
import kassa.adapters.persistence.usage.JdbiUsageStore;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord.Result.PlacedOrder;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.out.Stores;
import kassa.application.port.out.identity.TokenHash;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.contract.fixture.SampleOrderChanges;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleProducts;
import kassa.contract.fixture.SampleRules;
import kassa.contract.fixture.TestUsers;
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
import kassa.domain.order.OrderNumber;
import kassa.domain.order.OrderTransition;
import kassa.domain.order.RefundRequest;
import kassa.domain.order.RefundRequest.ShippingShare;
import kassa.domain.order.RefundedOrder;
import kassa.domain.order.RefundedOrder.Decision;
import kassa.domain.usage.UsageCounter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatementCountTest {

  @TempDir private Path folder;
  private final List<String> statements = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void placing_an_order_takes_one_statement_on_postgresql_and_one_per_table_on_h2(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      store.insert(new OrderInsert(SampleOrders.rich(), null, null, "key_1"));
      assertThat(statements)
          .hasSize(dialect == Dialect.POSTGRESQL ? 1 : 5)
          .flatExtracting(StatementCountTest::tables)
          .containsExactly("orders", "order_lines", "order_discounts", "sales_buckets", "events");

      NewOrder fullest = SampleOrders.withAllFields();
      store.insert(fullest);
      statements.clear();
      store.insert(SampleOrders.withAllFields());
      assertThat(statements)
          .hasSize(dialect == Dialect.POSTGRESQL ? 2 : 7)
          .flatExtracting(StatementCountTest::tables)
          .containsExactly(
              "rule_usage_counters",
              "orders",
              "order_lines",
              "order_discounts",
              "pricing_traces",
              "redemptions",
              "sales_buckets");
      assertThat(fullest.reservations()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void placing_a_batch_takes_as_many_statements_as_one_order(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      store.insert(SampleOrders.withAllFields());
      List<OrderInsert> orders =
          Stream.generate(() -> new OrderInsert(SampleOrders.withAllFields(), null))
              .limit(30)
              .toList();
      statements.clear();

      assertThat(store.insertAll(orders))
          .hasSize(30)
          .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(InsertResult.Inserted.class));
      assertThat(statements).hasSize(dialect == Dialect.POSTGRESQL ? 2 : 7);
      assertThat(store.listNewestFirst(null, 100)).hasSize(31);

      List<OrderInsert> keyed =
          IntStream.range(0, 30)
              .mapToObj(i -> withKey("k" + i, SampleOrders.withAllFields()))
              .toList();
      statements.clear();
      store.insertAll(keyed);
      assertThat(statements)
          .hasSize(dialect == Dialect.POSTGRESQL ? 2 : 8)
          .flatExtracting(StatementCountTest::tables)
          .startsWith("rule_usage_counters", "idempotency_records", "orders");
    }
  }

  @ParameterizedTest
  @EnumSource
  void importing_historical_orders_takes_one_more_statement_per_table_of_changes(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      store.insert(SampleOrders.withAllFields());
      List<OrderInsert> orders = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        NewOrder order = SampleOrders.withAllFields();
        OrderChange paid =
            order
                .toOrder(new OrderNumber(1))
                .transition(OrderTransition.PAY, null, SampleOrders.START, null)
                .orElseThrow();
        OrderChange change = i % 2 == 0 ? paid : paid.then(refundOne(paid.after()));
        orders.add(new OrderInsert(order, change, null));
      }
      statements.clear();

      assertThat(store.insertAll(orders)).hasSize(30);
      assertThat(statements)
          .hasSize(dialect == Dialect.POSTGRESQL ? 5 : 10)
          .flatExtracting(StatementCountTest::tables)
          .containsExactly(
              "rule_usage_counters",
              "orders",
              "order_lines",
              "order_discounts",
              "pricing_traces",
              "redemptions",
              "sales_buckets",
              "order_events",
              "refunds",
              "refund_lines");
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_one_order_takes_one_round_trip_and_a_page_two(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      Order order = SampleOrders.insert(store, SampleOrders.withAllFields());
      store.insert(SampleOrders.rich());
      store.insert(SampleOrders.withMaxLines());

      List<Runnable> reads =
          List.of(
              () -> assertThat(store.find(order.id())).isPresent(),
              () -> assertThat(store.find(order.number())).isPresent(),
              () -> assertThat(store.listNewestFirst(order.sortKey(), 10)).isEmpty(),
              () -> assertThat(store.listNewestFirst(null, 10)).hasSize(3));
      // H2 runs in this process and has no round trips.
      List<Integer> counts =
          dialect == Dialect.POSTGRESQL ? List.of(1, 1, 1, 2) : List.of(3, 3, 1, 3);
      for (int i = 0; i < reads.size(); i++) {
        statements.clear();
        reads.get(i).run();
        assertThat(statements)
            .hasSize(counts.get(i))
            .noneMatch(statement -> statement.contains("pricing_traces"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_any_number_of_rules_takes_one_statement(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      JdbiRuleStore store = new JdbiRuleStore(database);
      for (int i = 0; i < 100; i++) {
        SampleRules.insertActive(store, SampleRules.percentOff("" + i));
      }
      statements.clear();

      assertThat(store.readActiveRules().rules()).hasSize(101);
      assertThat(store.list(null, null, 1000)).hasSize(101);
      assertThat(statements).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_counters_takes_one_statement_plus_one_per_uncounted_kind(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      NewOrder order = SampleOrders.withAllFields();
      new JdbiOrderStore(database).insert(order);
      UsageCounter stored = order.reservations().getFirst().counter();
      JdbiUsageStore store = new JdbiUsageStore(database);
      statements.clear();

      assertThat(store.read(List.of(stored))).containsEntry(stored, 1L);
      assertThat(statements).hasSize(1);
      statements.clear();
      store.read(
          List.of(
              stored,
              UsageCounter.ofCustomer(stored.rule(), "c-1"),
              UsageCounter.ofCustomer(stored.rule(), "c-2"),
              UsageCounter.ofTotal(SampleRules.nextId())));
      assertThat(statements).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void reading_any_number_of_products_takes_one_statement(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      JdbiProductStore store = new JdbiProductStore(database);
      List<ProductDetails> details = products(200);
      store.putAll(details, SampleProducts.START);

      for (Runnable read :
          List.<Runnable>of(
              () -> assertThat(store.find(skus(details))).hasSize(200),
              () -> assertThat(store.listBySku(null, 1000)).hasSize(200),
              () -> assertThat(store.listBySku(new Sku("1"), 1000)).hasSize(198))) {
        statements.clear();
        read.run();
        assertThat(statements).hasSize(1);
      }
      statements.clear();
      assertThat(store.find(List.of())).isEmpty();
      assertThat(statements).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void upserting_any_number_of_products_takes_the_same_statements(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      JdbiProductStore store = new JdbiProductStore(database);
      store.putAll(products(100), SampleProducts.START);
      statements.clear();

      store.putAll(products(200), SampleProducts.START);

      assertThat(statements)
          .extracting(sql -> sql.strip().replaceFirst("(?s)^([a-z]+).*", "$1"))
          .containsExactly(
              dialect == Dialect.POSTGRESQL
                  ? new String[] {
                    "select", "select", "select", "update", "delete", "insert", "insert", "insert",
                    "insert"
                  }
                  : new String[] {
                    "select", "select", "update", "delete", "insert", "insert", "insert", "insert"
                  });
    }
  }

  @ParameterizedTest
  @EnumSource
  void changing_an_order_takes_one_statement_per_table(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      Order alone = SampleOrders.insert(store, SampleOrders.withAllFields());
      Order other = SampleOrders.insert(store, SampleOrders.withAllFields());
      OrderChange paid =
          other.transition(OrderTransition.PAY, null, SampleOrders.START, null).orElseThrow();

      statements.clear();
      store.change(
          alone.transition(OrderTransition.PAY, null, SampleOrders.START, null).orElseThrow(),
          null);
      assertThat(statements).hasSize(3);

      statements.clear();
      assertThat(store.change(paid.then(refundOne(paid.after())), null)).isTrue();
      assertThat(statements)
          .flatExtracting(StatementCountTest::tables)
          .containsExactly(
              "orders", "order_events", "refunds", "refund_lines", "sales_buckets", "events");

      statements.clear();
      SampleOrderChanges.cancel(store, alone.id(), SampleOrders.START);
      assertThat(statements)
          .filteredOn(statement -> !statement.startsWith("select"))
          .hasSizeLessThanOrEqualTo(9);
    }
  }

  @ParameterizedTest
  @EnumSource
  void authentication_takes_one_statement_and_none_while_cached(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      Stores stores = TestStores.of(database);
      User ann = TestUsers.insertUser(stores.identity().users(), "ann@example.com", Role.CUSTOMER);
      TokenHash token = TestUsers.nextToken();
      TokenHash key = TestUsers.nextToken();
      stores.identity().sessions().create(TestUsers.session(ann), token);
      stores.identity().apiKeys().add(TestUsers.key("shop", Scope.ADMIN, Scope.ORDERS_READ), key);

      for (int i = 0; i < 2; i++) {
        statements.clear();
        assertThat(stores.identity().sessions().find(token)).isPresent();
        assertThat(stores.identity().apiKeys().find(key)).isPresent();
        assertThat(statements).hasSize(i == 0 ? 2 : 0);
      }
      statements.clear();
      assertThat(stores.identity().sessions().find(TestUsers.nextToken())).isEmpty();
      assertThat(statements).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void updating_last_used_or_appending_to_the_audit_log_takes_one_statement(Dialect dialect) {
    try (Database database = openCounting(dialect)) {
      Stores stores = TestStores.of(database);
      AuditEvent event = new AuditEvent(TestUsers.START, Kind.SIGNED_IN, null, null, null, null);

      for (Runnable update :
          List.<Runnable>of(
              () ->
                  stores
                      .identity()
                      .sessions()
                      .updateLastUsedAt(TestUsers.nextSession(), TestUsers.START),
              () ->
                  stores
                      .identity()
                      .apiKeys()
                      .updateLastUsedAt(TestUsers.nextKey(), TestUsers.START),
              () -> stores.identity().auditLog().append(event))) {
        statements.clear();
        update.run();
        assertThat(statements).hasSize(1);
      }
    }
  }

  private static OrderInsert withKey(String key, NewOrder order) {
    return new OrderInsert(
        order,
        new IdempotentRequest(new IdempotencyKey("caller", key), "x")
            .toRecord(new PlacedOrder(order.id()), order.arrivedAt()));
  }

  private static OrderChange refundOne(Order order) {
    RefundRequest mug =
        new RefundRequest(
            new LinkedHashMap<>(Map.of(new Sku("MUG"), 1_000L)),
            null,
            new ShippingShare.None(),
            null);
    Decision decision = new RefundedOrder(order, List.of()).refund(mug, SampleOrders.START, null);
    return ((Decision.Granted) decision).change();
  }

  private static List<String> tables(String sql) {
    return Pattern.compile("(insert into|update) ([a-z_]+) ")
        .matcher(sql)
        .results()
        .map(found -> found.group(2))
        .toList();
  }

  private static List<ProductDetails> products(int count) {
    return IntStream.range(0, count).mapToObj(i -> SampleProducts.rich("" + i)).toList();
  }

  private static List<Sku> skus(List<ProductDetails> products) {
    return products.stream().map(ProductDetails::sku).toList();
  }

  private Database openCounting(Dialect dialect) {
    Database database = TestDatabases.openNew(dialect, folder);
    return database.query(
        "count statements",
        handle -> {
          handle.getJdbi().installPlugin(new CountingPlugin(statements));
          return database;
        });
  }
}
