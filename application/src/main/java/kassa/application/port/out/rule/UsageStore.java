package kassa.application.port.out.rule;

import java.util.Collection;
import java.util.Map;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.rule.RuleId;
import kassa.domain.usage.RuleUsage;
import kassa.domain.usage.UsageCounter;

/**
 * Reads the usage of limits. The usage is reserved by {@link OrderStore#insert}. Thread-safe. Every
 * method throws {@link StoreUnavailableException} when the store cannot be read.
 */
public interface UsageStore {

  /**
   * Returns the current values of counters, of all orders inserted so far. Nothing is reserved.
   *
   * @return the value of every requested counter
   */
  Map<UsageCounter, Long> read(Collection<UsageCounter> counters);

  /** Returns the usage of a rule; zero usage if the rule does not exist. */
  RuleUsage usageOf(RuleId rule);
}
