package kassa.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import kassa.application.port.out.OrderStore;
import kassa.contract.SampleOrders;
import kassa.contract.SampleRules;
import kassa.domain.order.NewOrder;
import kassa.domain.redemption.Counter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WholeOrderTest {

  private static final String ROWS =
      """
      select (select count(*) from orders) + (select count(*) from order_lines)
        + (select count(*) from order_discounts) + (select count(*) from order_traces)
        + (select count(*) from redemptions)
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void an_order_that_cannot_be_written_whole_leaves_nothing_behind(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      NewOrder order = SampleOrders.rich();
      TestDatabases.execute(
          database,
          """
          insert into order_discounts (
            order_id, line_position, position, rule_id, rule_version, label, amount)
          values ('%s', 1, 0, '%s', 1, 'Bulk', 1)
          """
              .formatted(order.id().value(), SampleRules.nextId().toUuid()));

      assertThatIllegalStateException()
          .isThrownBy(() -> new JdbiOrderStore(database).accept(order))
          .withMessage("the database refused to keep orders");

      assertThat(TestDatabases.number(database, ROWS)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_order_whose_claim_is_refused_leaves_nothing_behind(Dialect dialect) {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      NewOrder order = SampleOrders.fullest();
      Counter counter = order.claims().getFirst().counter();
      TestDatabases.execute(
          database,
          "insert into rule_counters (rule_id, kind, subject, used) values ('%s', 'total', '', 1000)"
              .formatted(counter.rule().toUuid()));

      assertThat(new JdbiOrderStore(database).accept(order))
          .isEqualTo(new OrderStore.Acceptance.Exhausted(counter));

      assertThat(TestDatabases.number(database, ROWS)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_order_is_written_with_all_that_belongs_to_it(Dialect dialect) {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      TestDatabases.migrate(database, url);
      JdbiOrderStore store = new JdbiOrderStore(database);
      store.accept(SampleOrders.rich());
      store.accept(SampleOrders.placedAfter(1));

      assertThat(TestDatabases.number(database, ROWS)).isEqualTo(2 + 4 + 3);
      assertThat(Orphans.in(url)).isEmpty();

      TestDatabases.execute(database, "delete from orders where version = 1 and total > 100000");
      assertThat(Orphans.in(url)).hasSize(3);
    }
  }
}
