package kassa.adapters.persistence.report;

import static kassa.adapters.persistence.jdbc.SqlValues.timestamp;
import static kassa.adapters.persistence.jdbc.SqlValues.timestampArray;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import kassa.adapters.persistence.jdbc.Database;
import kassa.adapters.persistence.report.ReportRanges.QuarterHours;
import kassa.adapters.persistence.report.ReportRanges.Times;
import kassa.application.port.out.report.SalesLedger;
import kassa.domain.money.AcceptedCurrencies;
import kassa.domain.money.MoneySum;
import kassa.domain.report.RefundsBy;
import kassa.domain.report.SalesFigures;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Sales reports. Reports by period add up the sales buckets of whole quarters of an hour, and read
 * the orders of the rest; the others add up the digests of whole days, and the orders of the rest.
 * Thread-safe. See docs/decisions/0047 and 0134.
 */
public final class JdbiSalesLedger implements SalesLedger {

  private static final AcceptedCurrencies CURRENCIES = AcceptedCurrencies.all();

  /** Period and currency of sums. */
  private record PeriodKey(int period, String currency) {}

  private final Database database;
  private final SalesDigestReport digests;

  public JdbiSalesLedger(Database database) {
    this.database = database;
    this.digests = new SalesDigestReport(database);
  }

  @Override
  public List<PeriodSales> listByPeriod(List<Instant> bounds, RefundsBy refundsBy) {
    ReportRanges ranges = ReportRanges.of(bounds);
    Map<PeriodKey, SalesFigures> sums =
        database.read(
            "aggregate sales by period",
            handle -> {
              Map<PeriodKey, SalesFigures> found =
                  new TreeMap<>(
                      Comparator.comparingInt(PeriodKey::period)
                          .thenComparing(PeriodKey::currency));
              addBuckets(handle, ranges.quarterHours(), refundsBy, found);
              addOrders(handle, ranges.rest(), refundsBy, found);
              return found;
            });
    return sums.entrySet().stream()
        .filter(entry -> hasSales(entry.getValue()))
        .map(entry -> new PeriodSales(entry.getKey().period(), entry.getValue()))
        .toList();
  }

  private static void addBuckets(
      Handle handle,
      List<QuarterHours> ranges,
      RefundsBy refundsBy,
      Map<PeriodKey, SalesFigures> sums) {
    if (ranges.isEmpty()) {
      return;
    }
    handle
        .createQuery(SalesQueries.byPeriodFromBuckets(refundsBy))
        .bindArray("periods", Integer.class, ranges.stream().map(QuarterHours::period).toList())
        .bindArray("starts", Long.class, ranges.stream().map(QuarterHours::from).toList())
        .bindArray("ends", Long.class, ranges.stream().map(QuarterHours::to).toList())
        .map((row, context) -> add(sums, row))
        .list();
  }

  private static void addOrders(
      Handle handle, List<Times> ranges, RefundsBy refundsBy, Map<PeriodKey, SalesFigures> sums) {
    if (ranges.isEmpty()) {
      return;
    }
    handle
        .createQuery(SalesQueries.byPeriodFromOrders(refundsBy))
        .bindArray("periods", Integer.class, ranges.stream().map(Times::period).toList())
        .bind("starts", timestampArray(ranges.stream().map(Times::from).toList()))
        .bind("ends", timestampArray(ranges.stream().map(Times::to).toList()))
        .map((row, context) -> add(sums, row))
        .list();
  }

  private static boolean add(Map<PeriodKey, SalesFigures> sums, ResultSet row) throws SQLException {
    sums.merge(
        new PeriodKey(row.getInt("name"), row.getString("currency")),
        figures(row),
        SalesFigures::plus);
    return true;
  }

  /** A period whose orders were all cancelled has buckets that add up to zero. */
  private static boolean hasSales(SalesFigures figures) {
    return figures.orders() != 0 || figures.refunds().minorUnits().signum() != 0;
  }

  @Override
  public List<GroupSales> listByGroup(
      GroupKey key, Instant from, Instant to, RefundsBy refundsBy, int limit) {
    List<GroupSales> found =
        digests
            .listByGroup(key, from, to, refundsBy, limit)
            .orElseGet(() -> listFromOrders(key, from, to, refundsBy, limit));
    List<GroupSales> sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparingLong((GroupSales sales) -> -sales.figures().orders())
            .thenComparing(GroupSales::key, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(sales -> sales.figures().gross().currency().getCurrencyCode()));
    return sorted.subList(0, Math.min(limit, sorted.size()));
  }

  private List<GroupSales> listFromOrders(
      GroupKey key, Instant from, Instant to, RefundsBy refundsBy, int limit) {
    return database.read(
        "aggregate sales",
        handle ->
            handle
                .createQuery(SalesQueries.byGroup(key, refundsBy))
                .bind("from", timestamp(from))
                .bind("to", timestamp(to))
                .bind("limit", limit)
                .map((row, context) -> new GroupSales(name(row, key), figures(row)))
                .list());
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
        money(row, "refunds", currency),
        money(row, "refunded_tax", currency));
  }

  private static MoneySum money(ResultSet row, String column, Currency currency)
      throws SQLException {
    BigDecimal sum = row.getBigDecimal(column);
    return new MoneySum(sum.toBigIntegerExact(), currency);
  }
}
