package kassa.adapters.persistence.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import kassa.adapters.persistence.Persistence;
import kassa.adapters.persistence.PersistenceConfig;
import kassa.adapters.persistence.fixture.CollectedResult;
import kassa.adapters.persistence.fixture.TestDatabases;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.jdbc.Dialect;
import kassa.contract.fixture.SampleOrders;
import kassa.domain.order.OrderId;
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

  @ParameterizedTest
  @EnumSource
  void views_show_the_ids_of_the_api(Dialect dialect) throws Exception {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 2))) {
      var order = SampleOrders.insert(persistence.stores().orders(), SampleOrders.withAllFields());

      for (String query :
          List.of(
              "select public_id from v1_orders",
              "select distinct order_public_id from v1_order_lines",
              "select distinct order_public_id from v1_order_discounts",
              "select distinct order_public_id from v1_order_metadata")) {
        assertThat(CollectedResult.of(persistence, query).rows())
            .as(query)
            .containsExactly(List.of(order.id().toString()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void public_ids_equal_those_of_the_domain_for_every_bit(Dialect dialect) throws Exception {
    List<UUID> ids = new ArrayList<>(List.of(new UUID(0, 0), new UUID(-1, -1)));
    for (int bit = 0; bit < Long.SIZE; bit++) {
      ids.add(new UUID(1L << bit, 0));
      ids.add(new UUID(0, 1L << bit));
    }
    String expression =
        requireNonNull(dialect.migrationPlaceholders().get("order_public_id"))
            .replace("o.id", "cast(:id as uuid)");
    try (Database database = TestDatabases.openNew(dialect, folder)) {
      assertThat(ids)
          .allSatisfy(id ->
              assertThat(
                      database.<String>query(
                          "format an id",
                          handle ->
                              handle
                                  .createQuery("select " + expression)
                                  .bind("id", id.toString())
                                  .mapTo(String.class)
                                  .one()))
                  .isEqualTo(new OrderId(id).toString()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void views_show_each_metadata_entry(Dialect dialect) throws Exception {
    String url = TestDatabases.newUrl(dialect, folder);
    try (Persistence persistence = Persistence.open(new PersistenceConfig(url, 2))) {
      var order = SampleOrders.insert(persistence.stores().orders(), SampleOrders.withAllFields());

      assertThat(
              CollectedResult.of(
                      persistence, "select metadata_name, metadata_value from v1_order_metadata")
                  .rows())
          .containsExactlyInAnyOrderElementsOf(
              order.metadata().entries().entrySet().stream()
                  .map(entry -> List.of(entry.getKey(), entry.getValue()))
                  .toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_view_and_column_has_a_comment(Dialect dialect) throws Exception {
    // H2 forgets the comments of the columns of views when it opens a file again.
    String url = TestDatabases.newEmptyUrl(dialect, folder);
    try (Database database = TestDatabases.open(url, 1)) {
      TestDatabases.migrate(database, url);
      List<String> withoutComment =
          database.query(
              "list columns without a comment",
              handle -> handle.createQuery(withoutComment(dialect)).mapTo(String.class).list());

      assertThat(withoutComment).isEmpty();
    }
  }

  private static String withoutComment(Dialect dialect) {
    return switch (dialect) {
      case H2 ->
          """
          select table_name || '.' || column_name from information_schema.columns
          where table_name like 'V1\\_%' and remarks is null
          union all
          select table_name from information_schema.tables
          where table_name like 'V1\\_%' and remarks is null
          """;
      case POSTGRESQL ->
          """
          select c.relname || '.' || a.attname
          from pg_class c
          join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
          where c.relkind = 'v' and c.relname like 'v1\\_%'
            and (col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null)
          """;
    };
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
