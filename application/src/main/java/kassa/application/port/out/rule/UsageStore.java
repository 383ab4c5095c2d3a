package kassa.application.port.out.rule;

import java.util.Collection;
import java.util.Map;
import kassa.application.port.out.StoreUnavailableException;
import kassa.application.port.out.order.OrderStore;
import kassa.domain.rule.RuleId;
import kassa.domain.usage.RuleUsage;
import kassa.domain.usage.UsageCounter;

/**
 * Tells how far limits are used up. What uses them up is {@link OrderStore#insert}. Implementations
 * may be called by any number of threads. Every method throws {@link StoreUnavailableException}
 * when the store cannot be asked.
 */
public interface UsageStore {

  /**
   * What has been counted, of the orders that were accepted so far. Nothing is taken.
   *
   * @return the value of every counter that was asked for
   */
  Map<UsageCounter, Long> read(Collection<UsageCounter> counters);

  /** What has been used of a rule; nothing if there is no such rule. */
  RuleUsage usageOf(RuleId rule);
}
