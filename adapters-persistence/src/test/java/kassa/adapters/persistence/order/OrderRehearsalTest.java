package kassa.adapters.persistence.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.List;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.idempotency.IdempotencyKey;
import kassa.application.idempotency.IdempotencyRecord;
import kassa.application.idempotency.IdempotentRequest;
import kassa.application.port.out.order.OrderStore;
import kassa.application.port.out.order.OrderStore.InsertResult;
import kassa.application.port.out.order.OrderStore.OrderInsert;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.NewOrder;
import kassa.domain.order.OrderNumber;
import kassa.domain.usage.UsageCounter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderRehearsalTest {

  private static final String COUNT_ROWS =
      """
      select (select count(*) from orders) + (select count(*) from order_lines)
        + (select count(*) from order_discounts) + (select count(*) from pricing_traces)
        + (select count(*) from redemptions) + (select count(*) from order_events)
        + (select count(*) from sales_buckets) + (select count(*) from idempotency_records)
        + (select coalesce(sum(used), 0) from rule_usage_counters)
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void a_rehearsal_leaves_nothing_behind(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      NewOrder order = SampleOrders.withAllFields();
      UsageCounter counter = order.reservations().getFirst().counter();
      TestDatabases.executeSql(
          database,
          """
          insert into rule_usage_counters (rule_id, kind, subject, used)
          values ('%s', 'total', '', 0)
          """
              .formatted(counter.rule().toUuid()));
      OrderStore rehearsal = JdbiOrderStore.rehearsal(database, 1_000);

      assertThat(rehearsal.insert(withKey(order)))
          .isEqualTo(new InsertResult.Inserted(order.toOrder(new OrderNumber(1_000))));
      assertThat(rehearsal.insert(withKey(SampleOrders.rich())))
          .isInstanceOf(InsertResult.Inserted.class);

      assertThat(rehearsal.find(order.id())).isEmpty();
      assertThat(TestDatabases.queryNumber(database, COUNT_ROWS)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_rehearsal_uses_up_no_order_number(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      JdbiOrderStore store = new JdbiOrderStore(database);
      NewOrder first = SampleOrders.placedAfterSeconds(1);
      NewOrder second = SampleOrders.placedAfterSeconds(2);
      store.insert(first);

      JdbiOrderStore.rehearsal(database, 1).insert(SampleOrders.placedAfterSeconds(3));

      assertThat(store.insert(second))
          .isEqualTo(new InsertResult.Inserted(second.toOrder(new OrderNumber(2))));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_rehearsal_refuses_other_writes(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      OrderStore rehearsal = JdbiOrderStore.rehearsal(database, 1);
      List<OrderInsert> inserts = List.of(new OrderInsert(SampleOrders.rich(), null));

      assertThatIllegalStateException().isThrownBy(() -> rehearsal.insertAll(inserts));
      assertThatIllegalStateException().isThrownBy(() -> rehearsal.insertAtomically(inserts));

      assertThat(TestDatabases.queryNumber(database, COUNT_ROWS)).isZero();
    }
  }

  private static OrderInsert withKey(NewOrder order) {
    IdempotencyKey key = new IdempotencyKey("local_operator", order.id().toString());
    return new OrderInsert(
        order,
        new IdempotencyRecord(
            new IdempotentRequest(key, "POST /v1/orders"),
            order.arrivedAt(),
            new IdempotencyRecord.Result.PlacedOrder(order.id())));
  }
}
