package kassa.adapters.persistence.report;

import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.timestampArray;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.report.SalesLedger;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.Money;
import kassa.domain.report.SalesFigures;
import kassa.domain.rule.RuleId;
import org.jspecify.annotations.Nullable;

/** Sales reports: aggregates the order tables. Thread-safe. */
public final class JdbiSalesLedger implements SalesLedger {

  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  private static final String NOT_CANCELLED_IN_RANGE =
      "o.placed_at >= :from and o.placed_at < :to and o.status <> 'cancelled'";

  static final String BY_PERIOD =
      aggregateSql(
          "p.nr - 1",
          """
          unnest(
            cast(:starts as timestamp with time zone array),
            cast(:ends as timestamp with time zone array)) with ordinality as p (starts, ends, nr)
          join orders o
            on o.placed_at >= p.starts and o.placed_at < p.ends and o.status <> 'cancelled'\
          """,
          "o.discount_total",
          NOT_CANCELLED_IN_RANGE,
          "order by 1, 2");

  static final String BY_CUSTOMER =
      aggregateSql(
          "o.customer_id",
          "orders o",
          "o.discount_total",
          NOT_CANCELLED_IN_RANGE,
          byOrderCountDescending());

  static final String BY_RULE =
      aggregateSql(
          "r.rule_id",
          "orders o join redemptions r on r.order_id = o.id",
          "r.amount",
          NOT_CANCELLED_IN_RANGE,
          byOrderCountDescending());

  /** Aggregates order lines and refund lines separately. */
  static final String BY_SKU =
      """
      select
        name, currency, sum(orders) as orders, sum(units) as units, sum(gross) as gross,
        sum(discounts) as discounts, sum(net) as net, sum(tax) as tax, sum(refunds) as refunds
      from (
        select
          l.sku as name, o.currency, count(distinct o.id) as orders, sum(l.quantity) as units,
          sum(l.subtotal) as gross, sum(l.discount_total) as discounts,
          sum(l.total - l.tax_total) as net, sum(l.tax_total) as tax, 0 as refunds
        from orders o join order_lines l on l.order_id = o.id
        where %1$s
        group by l.sku, o.currency
        union all
        select r.sku, o.currency, 0, 0, 0, 0, 0, 0, sum(r.amount)
        from orders o join refund_lines r on r.order_id = o.id
        where %1$s
        group by r.sku, o.currency
      ) s
      group by name, currency
      %2$s
      """
          .formatted(NOT_CANCELLED_IN_RANGE, byOrderCountDescending());

  private final Database database;

  public JdbiSalesLedger(Database database) {
    this.database = database;
  }

  @Override
  public List<PeriodSales> listByPeriod(List<Instant> bounds) {
    List<Instant> starts = bounds.subList(0, bounds.size() - 1);
    List<Instant> ends = bounds.subList(1, bounds.size());
    return database.query(
        "aggregate sales by period",
        handle ->
            handle
                .createQuery(BY_PERIOD)
                .bind("starts", timestampArray(starts))
                .bind("ends", timestampArray(ends))
                .bind("from", timestamp(bounds.getFirst()))
                .bind("to", timestamp(bounds.getLast()))
                .map((row, context) -> new PeriodSales(row.getInt("name"), figures(row)))
                .list());
  }

  @Override
  public List<GroupSales> listByGroup(GroupKey key, Instant from, Instant to, int limit) {
    return database.query(
        "aggregate sales",
        handle ->
            handle
                .createQuery(groupSql(key))
                .bind("from", timestamp(from))
                .bind("to", timestamp(to))
                .bind("limit", limit)
                .map((row, context) -> new GroupSales(name(row, key), figures(row)))
                .stream()
                .sorted(
                    Comparator.comparingLong((GroupSales sales) -> -sales.figures().orders())
                        .thenComparing(
                            GroupSales::key, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(
                            sales -> sales.figures().gross().currency().getCurrencyCode()))
                .toList());
  }

  static String groupSql(GroupKey key) {
    return switch (key) {
      case SKU -> BY_SKU;
      case CUSTOMER -> BY_CUSTOMER;
      case RULE -> BY_RULE;
    };
  }

  /** Aggregates orders and the units of their lines separately, because an order has many lines. */
  private static String aggregateSql(
      String key, String from, String discount, String condition, String order) {
    return """
    select
      name, currency, sum(orders) as orders, sum(units) as units, sum(gross) as gross,
      sum(discounts) as discounts, sum(net) as net, sum(tax) as tax, sum(refunds) as refunds
    from (
      select
        %1$s as name, o.currency, 1 as orders, cast(0 as numeric(12, 3)) as units,
        o.subtotal + coalesce(o.shipping_amount, 0) as gross, %3$s as discounts,
        o.total - o.tax_total as net, o.tax_total as tax, o.refunded_total as refunds
      from %2$s
      where %4$s
      union all
      select %1$s, o.currency, 0, l.quantity, 0, 0, 0, 0, 0
      from %2$s
      join order_lines l on l.order_id = o.id
      where %4$s
    ) s
    group by name, currency
    %5$s
    """
        .formatted(key, from, discount, condition, order);
  }

  private static String byOrderCountDescending() {
    return "order by 3 desc, 1, 2 fetch first :limit rows only";
  }

  private static @Nullable String name(ResultSet row, GroupKey key) throws SQLException {
    return key == GroupKey.RULE
        ? RuleId.of(row.getObject("name", UUID.class)).toString()
        : row.getString("name");
  }

  private static SalesFigures figures(ResultSet row) throws SQLException {
    Currency currency = CURRENCIES.parse(row.getString("currency"));
    return new SalesFigures(
        row.getLong("orders"),
        row.getBigDecimal("units"),
        money(row, "gross", currency),
        money(row, "discounts", currency),
        money(row, "net", currency),
        money(row, "tax", currency),
        money(row, "refunds", currency));
  }

  /**
   * @throws ArithmeticException if the sum exceeds the range of {@code long} minor units
   */
  private static Money money(ResultSet row, String column, Currency currency) throws SQLException {
    BigDecimal sum = row.getBigDecimal(column);
    return new Money(sum.longValueExact(), currency);
  }
}
