package kassa.adapters.persistence.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import kassa.adapters.persistence.report.SalesDigest.Entry;
import kassa.adapters.persistence.report.SalesDigest.Group;
import kassa.application.port.out.report.SalesLedger.GroupKey;
import kassa.domain.money.MoneySum;
import kassa.domain.report.RefundsBy;
import kassa.domain.report.SalesFigures;
import org.jspecify.annotations.Nullable;

/** Sums of sales by SKU, customer and rule. Not thread-safe. */
final class GroupSums {

  /** What is added up, apart from the number of orders; amounts in minor units. */
  enum Column {
    /** In thousandths. */
    UNITS,
    GROSS,
    DISCOUNTS,
    NET,
    TAX,
    REFUNDS,
    REFUNDED_TAX,
    REFUNDS_BY_DATE,
    REFUNDED_TAX_BY_DATE
  }

  /** Sums of one group. */
  static final class Sums {

    private long orders;
    private final Map<Column, BigInteger> sums = new EnumMap<>(Column.class);

    Sums() {
      for (Column column : Column.values()) {
        sums.put(column, BigInteger.ZERO);
      }
    }

    void addOrder() {
      orders++;
    }

    Sums add(Column column, BigInteger value) {
      sums.merge(column, value, BigInteger::add);
      return this;
    }

    void add(Entry entry) {
      orders += entry.orders();
      Iterator<BigInteger> values = entry.sums().iterator();
      for (Column column : Column.values()) {
        add(column, values.next());
      }
    }

    SalesFigures figures(Currency currency, RefundsBy refundsBy) {
      boolean byDate = refundsBy == RefundsBy.REFUND_DATE;
      return new SalesFigures(
          orders,
          new BigDecimal(get(Column.UNITS), SalesFigures.DECIMAL_PLACES),
          money(Column.GROSS, currency),
          money(Column.DISCOUNTS, currency),
          money(Column.NET, currency),
          money(Column.TAX, currency),
          money(byDate ? Column.REFUNDS_BY_DATE : Column.REFUNDS, currency),
          money(byDate ? Column.REFUNDED_TAX_BY_DATE : Column.REFUNDED_TAX, currency));
    }

    private MoneySum money(Column column, Currency currency) {
      return new MoneySum(get(column), currency);
    }

    private BigInteger get(Column column) {
      return sums.getOrDefault(column, BigInteger.ZERO);
    }
  }

  private final Map<GroupKey, Map<Group, Sums>> groups = new EnumMap<>(GroupKey.class);

  /** Returns the sums of a group, which starts to exist. */
  Sums of(GroupKey kind, @Nullable String key, String currency) {
    return groups
        .computeIfAbsent(kind, absent -> new HashMap<>())
        .computeIfAbsent(new Group(key, currency), absent -> new Sums());
  }

  /** Passes all groups to a consumer. */
  void forEach(BiConsumer<GroupKey, Entry> consumer) {
    groups.forEach((kind, sums) ->
        sums.forEach((group, sum) ->
            consumer.accept(kind, new Entry(group, sum.orders, List.copyOf(sum.sums.values())))));
  }
}
