package kassa.domain.usage;

import java.util.Comparator;
import java.util.Currency;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;

/**
 * Usage counter of a rule. The natural order is the lock order, which prevents deadlocks.
 *
 * @param rule the rule
 * @param kind the kind of counter
 * @param subject the code, customer or currency; empty for the rule as a whole
 */
public record UsageCounter(RuleId rule, Kind kind, String subject)
    implements Comparable<UsageCounter> {

  private static final Comparator<UsageCounter> LOCK_ORDER =
      Comparator.comparing((UsageCounter counter) -> counter.rule().value())
          .thenComparing(UsageCounter::kind)
          .thenComparing(UsageCounter::subject);

  /** Kind of usage counter. */
  public enum Kind {
    /** All uses of the rule. */
    TOTAL,
    /** The uses with one code; the subject is {@link Code#key()}. */
    CODE,
    /** The uses by one customer; the subject is the customer id. */
    CUSTOMER,
    /** The discounts in one currency, in minor units; the subject is the ISO 4217 code. */
    SPEND
  }

  /** Returns the counter of all uses of a rule. */
  public static UsageCounter ofTotal(RuleId rule) {
    return new UsageCounter(rule, Kind.TOTAL, "");
  }

  /** Returns the counter of the uses of a rule with one code. */
  public static UsageCounter ofCode(RuleId rule, Code code) {
    return new UsageCounter(rule, Kind.CODE, code.key());
  }

  /** Returns the counter of the uses of a rule by one customer. */
  public static UsageCounter ofCustomer(RuleId rule, String customer) {
    return new UsageCounter(rule, Kind.CUSTOMER, customer);
  }

  /** Returns the counter of the discounts of a rule in one currency. */
  public static UsageCounter ofSpend(RuleId rule, Currency currency) {
    return new UsageCounter(rule, Kind.SPEND, currency.getCurrencyCode());
  }

  @Override
  public int compareTo(UsageCounter other) {
    return LOCK_ORDER.compare(this, other);
  }
}
