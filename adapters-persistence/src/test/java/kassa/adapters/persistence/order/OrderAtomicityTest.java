package kassa.adapters.persistence.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import kassa.adapters.persistence.fixture.OrphanRows;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.application.port.out.order.OrderStore;
import kassa.contract.fixture.SampleOrders;
import kassa.contract.fixture.SampleRules;
import kassa.domain.order.NewOrder;
import kassa.domain.usage.UsageCounter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderAtomicityTest {

  private static final String COUNT_ROWS =
      """
      select (select count(*) from orders) + (select count(*) from order_lines)
        + (select count(*) from order_discounts) + (select count(*) from pricing_traces)
        + (select count(*) from redemptions)
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void a_failed_insert_leaves_no_rows(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      NewOrder order = SampleOrders.rich();
      TestDatabases.executeSql(
          database,
          """
          insert into order_discounts (
            order_id, line_position, position, rule_id, rule_version, label, amount)
          values ('%s', 1, 0, '%s', 1, 'Bulk', 1)
          """
              .formatted(order.id().value(), SampleRules.nextId().toUuid()));

      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbiOrderStore(database).insert(order))
          .withMessage("cannot insert orders: a statement failed");

      assertThat(TestDatabases.queryNumber(database, COUNT_ROWS)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_order_over_its_usage_limit_leaves_no_rows(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      NewOrder order = SampleOrders.withAllFields();
      UsageCounter counter = order.reservations().getFirst().counter();
      TestDatabases.executeSql(
          database,
          """
          insert into rule_usage_counters (rule_id, kind, subject, used)
          values ('%s', 'total', '', 1000)
          """
              .formatted(counter.rule().toUuid()));

      assertThat(new JdbiOrderStore(database).insert(order))
          .isEqualTo(new OrderStore.InsertResult.LimitExceeded(counter));

      assertThat(TestDatabases.queryNumber(database, COUNT_ROWS)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_order_is_written_with_all_its_rows(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      TestDatabases.migrate(database, url);
      JdbiOrderStore store = new JdbiOrderStore(database);
      store.insert(SampleOrders.rich());
      store.insert(SampleOrders.placedAfterSeconds(1));

      assertThat(TestDatabases.queryNumber(database, COUNT_ROWS)).isEqualTo(2 + 4 + 3);
      assertThat(OrphanRows.find(url)).isEmpty();

      TestDatabases.executeSql(database, "delete from orders where version = 1 and total > 100000");
      assertThat(OrphanRows.find(url)).hasSize(3);
    }
  }
}
