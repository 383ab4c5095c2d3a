package kassa.adapters.persistence.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.NewOrder;
import kassa.domain.order.Order;
import kassa.domain.order.OrderContent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrderTimeZoneTest {

  /** 01:30 local time in New York, before and after the clock is set back to standard time. */
  private static final List<Instant> ONE_THIRTY =
      List.of(
          Instant.parse("2026-11-01T05:30:00.000001Z"),
          Instant.parse("2026-11-01T06:30:00.999999Z"));

  private final TimeZone before = TimeZone.getDefault();
  @TempDir private Path folder;

  @AfterEach
  void restoreZone() {
    TimeZone.setDefault(before);
  }

  @ParameterizedTest
  @EnumSource
  void instants_do_not_depend_on_the_default_time_zone(Dialect dialect) {
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    String url = TestDatabases.newUrl(dialect, folder);
    List<Order> stored;
    try (Database database = TestDatabases.open(url, 1)) {
      TestDatabases.migrate(database, url);
      JdbiOrderStore store = new JdbiOrderStore(database);
      stored =
          ONE_THIRTY.stream()
              .map(OrderTimeZoneTest::placedAt)
              .map(order -> SampleOrders.insert(store, order))
              .toList();

      assertThat(store.listNewestFirst(null, 10)).isEqualTo(stored.reversed());
    }

    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    try (Database database = TestDatabases.open(url, 1)) {
      JdbiOrderStore store = new JdbiOrderStore(database);

      assertThat(store.listNewestFirst(null, 10)).isEqualTo(stored.reversed());
      assertThat(store.listNewestFirst(stored.getLast().sortKey(), 10))
          .containsExactly(stored.getFirst());
      assertThat(
              TestDatabases.queryNumber(
                  database,
                  "select cast(extract(epoch from max(placed_at)) * 1000000 as bigint) from"
                      + " orders"))
          .isEqualTo(ONE_THIRTY.getLast().getEpochSecond() * 1_000_000 + 999_999);
    }
  }

  private static NewOrder placedAt(Instant instant) {
    NewOrder sample = SampleOrders.rich();
    return new NewOrder(
        sample.id(),
        new OrderContent(sample.customer(), sample.price(), sample.metadata(), instant));
  }
}
