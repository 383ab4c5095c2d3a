package kassa.adapters.persistence;

import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kassa.application.port.out.UsageStore;
import kassa.domain.redemption.Counter;
import kassa.domain.redemption.RuleUsage;
import kassa.domain.rule.RuleId;
import org.jdbi.v3.core.Handle;

/** Tells from counters and redemptions what was used. May be used by any number of threads. */
final class JdbiUsageStore implements UsageStore {

  private static final String CUSTOMERS =
      """
      select count(distinct customer_id) from redemptions
      where rule_id = :rule and not given_back
      """;

  private static final String BY_CURRENCY =
      """
      select
        currency,
        count(*) filter (where not given_back) as counted,
        count(*) filter (where given_back) as given_back,
        coalesce(sum(amount) filter (where not given_back), 0) as discounts
      from redemptions
      where rule_id = :rule
      group by currency
      """;

  private record OfCurrency(String currency, long counted, long givenBack, long discounts) {}

  private final Database database;

  JdbiUsageStore(Database database) {
    this.database = database;
  }

  @Override
  public Map<Counter, Long> read(Collection<Counter> counters) {
    return counters.isEmpty()
        ? Map.of()
        : database.ask("tell how far limits are used up", handle -> read(handle, counters));
  }

  @Override
  public RuleUsage of(RuleId rule) {
    return database.ask("tell the uses of a rule", handle -> of(handle, rule));
  }

  private static Map<Counter, Long> read(Handle handle, Collection<Counter> counters) {
    Map<Counter, Long> values = new HashMap<>(CounterRows.kept(handle, counters));
    Set<Counter> missing = new TreeSet<>(counters);
    missing.removeAll(values.keySet());
    Map<Counter, Long> counted = CounterRows.counted(handle, missing);
    missing.forEach(counter -> values.put(counter, counted.getOrDefault(counter, 0L)));
    return values;
  }

  private static RuleUsage of(Handle handle, RuleId rule) {
    long customers =
        handle.createQuery(CUSTOMERS).bind("rule", rule.toUuid()).mapTo(Long.class).one();
    long orders = 0;
    long givenBack = 0;
    Map<Currency, Long> discounts = new HashMap<>();
    for (OfCurrency each :
        handle
            .createQuery(BY_CURRENCY)
            .bind("rule", rule.toUuid())
            .map((row, context) ->
                new OfCurrency(
                    row.getString("currency"),
                    row.getLong("counted"),
                    row.getLong("given_back"),
                    row.getLong("discounts")))
            .list()) {
      orders += each.counted();
      givenBack += each.givenBack();
      if (each.counted() > 0) {
        discounts.put(Currency.getInstance(each.currency()), each.discounts());
      }
    }
    return new RuleUsage(orders, givenBack, customers, discounts);
  }
}
