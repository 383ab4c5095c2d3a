package kassa.application.port.out;

import java.util.Collection;
import java.util.Map;
import kassa.domain.redemption.Counter;
import kassa.domain.redemption.RuleUsage;
import kassa.domain.rule.RuleId;

/**
 * Tells how far limits are used up. What uses them up is {@link OrderStore#accept}. Implementations
 * may be called by any number of threads. Every method throws {@link StoreUnavailableException}
 * when the store cannot be asked.
 */
public interface UsageStore {

  /**
   * What has been counted, of the orders that were accepted so far. Nothing is taken.
   *
   * @return the value of every counter that was asked for
   */
  Map<Counter, Long> read(Collection<Counter> counters);

  /** What has been used of a rule; nothing if there is no such rule. */
  RuleUsage of(RuleId rule);
}
