package kassa.domain.usage;

import java.util.Comparator;
import java.util.Currency;
import kassa.domain.rule.Code;
import kassa.domain.rule.RuleId;

/**
 * Something that is counted of a rule. The natural order is that in which counters are locked.
 *
 * @param rule the rule
 * @param kind what is counted
 * @param subject whose uses, or in which currency; empty for the rule as a whole
 */
public record UsageCounter(RuleId rule, Kind kind, String subject)
    implements Comparable<UsageCounter> {

  private static final Comparator<UsageCounter> LOCK_ORDER =
      Comparator.comparing((UsageCounter counter) -> counter.rule().value())
          .thenComparing(UsageCounter::kind)
          .thenComparing(UsageCounter::subject);

  /** What is counted. */
  public enum Kind {
    /** The uses of the rule. */
    TOTAL,
    /** Its uses with one code; the subject is the code's key. */
    CODE,
    /** Its uses by one customer; the subject is the customer's id. */
    CUSTOMER,
    /** What it has taken off in one currency, in minor units; the subject is the currency. */
    SPEND
  }

  /** All uses of a rule. */
  public static UsageCounter ofTotal(RuleId rule) {
    return new UsageCounter(rule, Kind.TOTAL, "");
  }

  /** The uses of a rule with one code. */
  public static UsageCounter ofCode(RuleId rule, Code code) {
    return new UsageCounter(rule, Kind.CODE, code.key());
  }

  /** The uses of a rule by one customer. */
  public static UsageCounter ofCustomer(RuleId rule, String customer) {
    return new UsageCounter(rule, Kind.CUSTOMER, customer);
  }

  /** What a rule has taken off in one currency. */
  public static UsageCounter ofSpend(RuleId rule, Currency currency) {
    return new UsageCounter(rule, Kind.SPEND, currency.getCurrencyCode());
  }

  @Override
  public int compareTo(UsageCounter other) {
    return LOCK_ORDER.compare(this, other);
  }
}
