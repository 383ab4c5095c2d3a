package kassa.adapters.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.CollectedResult;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.contract.fixture.SampleOrders;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The public SQL views have the columns listed in {@code views.txt}, on both dialects. */
class SqlViewsTest {

  private static final String COLUMNS =
      """
      select
        lower(table_name), lower(column_name), lower(data_type), numeric_precision, numeric_scale,
        datetime_precision
      from information_schema.columns
      where lower(table_name) like 'v_\\_%' escape '\\'
      order by lower(table_name), ordinal_position
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void views_have_the_documented_columns(Dialect dialect) throws Exception {
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      List<String> columns =
          database.query(
              "list the columns of views",
              handle -> handle.createQuery(COLUMNS).map((row, context) -> describe(row)).list());

      assertThat(columns).isEqualTo(Files.readAllLines(Path.of("src/test/resources/views.txt")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void views_show_amounts_in_major_units(Dialect dialect) throws Exception {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 2))) {
      var order = SampleOrders.insert(persistence.stores().orders(), SampleOrders.withAllFields());

      assertThat(
              CollectedResult.of(
                      persistence,
                      """
                      select
                        total, discount_total, shipping_total, tax_total,
                        (select sum(amount) from v1_order_discounts),
                        (select sum(total) from v1_order_lines) + shipping_total,
                        (select total from v1_daily_sales),
                        (select discount_total from v1_daily_sales),
                        (select total from v1_customer_totals)
                      from v1_orders
                      """)
                  .rows()
                  .getFirst()
                  .stream()
                  .map(BigDecimal::new)
                  .map(amount -> amount.movePointRight(3).longValueExact()))
          .containsExactly(
              order.price().total().minorUnits(),
              order.price().discountTotal().minorUnits(),
              order.price().shippingTotal().minorUnits(),
              order.price().taxTotal().minorUnits(),
              order.price().discountTotal().minorUnits(),
              order.price().total().minorUnits(),
              order.price().total().minorUnits(),
              order.price().discountTotal().minorUnits(),
              order.price().total().minorUnits());
    }
  }

  private static String describe(ResultSet row) throws SQLException {
    String type = row.getString(3).toLowerCase(Locale.ROOT);
    String detail =
        switch (type) {
          case "numeric" -> "(" + row.getInt(4) + ", " + row.getInt(5) + ")";
          case "timestamp with time zone" -> "(" + row.getInt(6) + ")";
          default -> "";
        };
    return String.join(" ", row.getString(1), row.getString(2), type) + detail;
  }
}
