package kassa.adapters.persistence.usage;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kassa.adapters.persistence.jdbc.Database;
import kassa.application.port.out.rule.UsageStore;
import kassa.domain.money.MoneySum;
import kassa.domain.rule.RuleId;
import kassa.domain.usage.RuleUsage;
import kassa.domain.usage.UsageCounter;
import org.jdbi.v3.core.Handle;

/** Reads the usage of rules from counters and redemptions. Thread-safe. */
public final class JdbiUsageStore implements UsageStore {

  private static final String COUNT_CUSTOMERS =
      """
      select count(distinct customer_id) from redemptions
      where rule_id = :rule and not released
      """;

  private static final String BY_CURRENCY =
      """
      select
        currency,
        count(*) filter (where not released) as active_uses,
        count(*) filter (where released) as released_uses,
        coalesce(sum(amount) filter (where not released), 0) as discount_total
      from redemptions
      where rule_id = :rule
      group by currency
      """;

  private record CurrencyUsage(String currency, long active, long released, BigDecimal discounts) {}

  private final Database database;

  public JdbiUsageStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<UsageCounter, Long> read(Collection<UsageCounter> counters) {
    return counters.isEmpty()
        ? Map.of()
        : database.query("read usage counters", handle -> read(handle, counters));
  }

  @Override
  public RuleUsage usageOf(RuleId rule) {
    return database.query("read the usage of a rule", handle -> usageOf(handle, rule));
  }

  private static Map<UsageCounter, Long> read(Handle handle, Collection<UsageCounter> counters) {
    Map<UsageCounter, Long> values = new HashMap<>(LimitCounterReader.findStored(handle, counters));
    Set<UsageCounter> missing = new TreeSet<>(counters);
    missing.removeAll(values.keySet());
    Map<UsageCounter, Long> counted = LimitCounterReader.countRedemptions(handle, missing);
    missing.forEach(counter -> values.put(counter, counted.getOrDefault(counter, 0L)));
    return values;
  }

  private static RuleUsage usageOf(Handle handle, RuleId rule) {
    long customers =
        handle.createQuery(COUNT_CUSTOMERS).bind("rule", rule.toUuid()).mapTo(Long.class).one();
    long orders = 0;
    long released = 0;
    Map<Currency, MoneySum> discounts = new HashMap<>();
    for (CurrencyUsage each :
        handle
            .createQuery(BY_CURRENCY)
            .bind("rule", rule.toUuid())
            .map((row, context) ->
                new CurrencyUsage(
                    row.getString("currency"),
                    row.getLong("active_uses"),
                    row.getLong("released_uses"),
                    row.getBigDecimal("discount_total")))
            .list()) {
      orders += each.active();
      released += each.released();
      if (each.active() > 0) {
        Currency currency = Currency.getInstance(each.currency());
        discounts.put(currency, new MoneySum(each.discounts().toBigIntegerExact(), currency));
      }
    }
    return new RuleUsage(orders, released, customers, discounts);
  }
}
